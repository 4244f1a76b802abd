FROM swift:6.3-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends libcurl4-openssl-dev libsqlite3-dev libssl-dev make tzdata zlib1g-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY Package.* ./
RUN swift package resolve
COPY . .
# There is no git in here: --build-arg CASEKEEPER_VERSION=$(debian/version) says which commit it is.
ARG CASEKEEPER_VERSION=
RUN make build && install -D .build/release/casekeeper /out/casekeeper

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl libcurl4 libsqlite3-0 libssl3 tzdata zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin casekeeper \
    && install -d -o casekeeper -g casekeeper -m 0700 /data
COPY --from=build /out/casekeeper /usr/local/bin/casekeeper
# Others than the container reach only what it publishes. With an address that others can reach it takes a token, and makes the
# first one by itself.
ENV CASEKEEPER_LISTEN=0.0.0.0:8080 \
    CASEKEEPER_DATABASE=/data/casekeeper.db \
    CASEKEEPER_BOOTSTRAP_TOKEN_FILE=/data/admin-token
USER casekeeper
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["casekeeper"]
CMD ["serve"]
