# The site in one image; compose.yaml starts its parts. Pins are checked by their hashes.
FROM debian:12-slim AS base
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=lms.settings.production
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    python3 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 postgresql-client \
 && rm -rf /var/lib/apt/lists/*

FROM base AS build
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv gettext
WORKDIR /srv/learning
COPY requirements.txt requirements-production.txt ./
RUN python3 -m venv .venv \
 && .venv/bin/python -m pip --disable-pip-version-check install --no-cache-dir --require-hashes \
    -r requirements.txt -r requirements-production.txt
COPY . .
RUN find locale -name '*.po' -execdir sh -c 'msgfmt --check-format -o "${1%.po}.mo" "$1"' _ {} \; \
 && SECRET_KEY=only-while-building SITE_URL=https://learning.example.org ALLOWED_HOSTS=learning.example.org \
    deploy/manage collectstatic --noinput --verbosity 0

FROM base
RUN adduser --system --group --uid 990 --home /srv/learning --no-create-home learning
WORKDIR /srv/learning
COPY --from=build /srv/learning /srv/learning
# The proxy reads static files and pictures from these two; the rest of var is the site's alone.
RUN mkdir -p var/media var/private var/backups && chown -R learning:learning var && chmod 700 var/private var/backups
USER learning
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s \
  CMD ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz')"]
CMD [".venv/bin/gunicorn", "lms.wsgi", "--bind", "0.0.0.0:8000", "--config", "deploy/gunicorn.conf.py"]
