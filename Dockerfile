# syntax=docker/dockerfile:1
# Two stages: one that may compile, one that only runs. BASE is any image with Python 3.11 or newer as `python3`.
ARG BASE=python:3.12-slim-bookworm

FROM ${BASE} AS builder
WORKDIR /build
COPY requirements-runtime.lock .
RUN python3 -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --quiet --disable-pip-version-check --require-hashes -r requirements-runtime.lock

FROM ${BASE}
LABEL org.opencontainers.image.title="steppingstone" \
      org.opencontainers.image.description="One tiny step a day, on Slack and Discord" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 MPLCONFIGDIR=/data/matplotlib
# What PDFs and share cards are drawn with. Without them members are offered Markdown, and `check` says what is missing.
RUN if command -v apt-get >/dev/null; then apt-get -qq update && apt-get -qq install -y --no-install-recommends \
      fonts-dejavu-core fonts-noto-cjk fonts-noto-color-emoji && rm -rf /var/lib/apt/lists/*; fi
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin steppingstone && mkdir /data && chown 10001:10001 /data
COPY --from=builder /opt/venv /opt/venv
WORKDIR /app
# The default database, var/steppingstone.sqlite3, so lies on the volume, whatever .env leaves empty.
RUN ln -s /data var
COPY LICENSE pyproject.toml ./
COPY chat chat
COPY content content
COPY habit habit
COPY sheets sheets
COPY matching matching
COPY store store
COPY commands commands
COPY scheduler scheduler
COPY bot bot
USER 10001:10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python3", "-m", "bot", "health"]
ENTRYPOINT ["python3", "-m", "bot"]
CMD ["run"]
