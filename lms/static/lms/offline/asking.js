// One question to the site, answered in JSON or not at all.

const PATIENCE = 15000;

// Gives {status, said, retryAfter}: what was said is null where it is not JSON, the status 0 where nothing
// answered in time, the milliseconds of Retry-After 0 where there are none.
export async function ask(address, options = {}) {
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), PATIENCE);
  try {
    const response = await fetch(address, {
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: given.signal,
      ...options,
    });
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    const said = isJson ? await response.json() : null;
    return { status: response.status, said, retryAfter: Number(response.headers.get("retry-after")) * 1000 || 0 };
  } catch {
    return { status: 0, said: null, retryAfter: 0 };
  } finally {
    clearTimeout(timer);
  }
}
