// What the page says of itself.

const { person, own, sync, worker } = document.body.dataset;

export { person, sync, worker };
// Whether things may be kept here: on a shared device only what is not sent yet.
export const isOwn = own === "yes";
export const keeps = isOwn && "caches" in window;
