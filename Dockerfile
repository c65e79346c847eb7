# The server (default target) and the trainer (--target wenlei-train), each one program on a base without a shell.
# Needs BuildKit, the default of `docker build` since Docker 23. Build arguments choose other base images.
ARG RUST_IMAGE=rust:1.95-bookworm
ARG RUNTIME_IMAGE=gcr.io/distroless/cc-debian12:nonroot

FROM ${RUST_IMAGE} AS source
WORKDIR /build
COPY . .

# The caches keep dependencies, fetched and compiled, from build to build. They are no part of an image, so a program is
# taken out of them in the step that builds it.
FROM source AS build-server
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target,sharing=locked \
    cargo build --release --locked --bin wenlei-server && install -D target/release/wenlei-server /out/wenlei-server

FROM source AS build-train
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target,sharing=locked \
    cargo build --release --locked --bin wenlei-train && install -D target/release/wenlei-train /out/wenlei-train

FROM ${RUNTIME_IMAGE} AS wenlei-train
LABEL org.opencontainers.image.title="wenlei-train" \
      org.opencontainers.image.description="Trains models that say which topics Chinese local-government news is about" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build-train /out/wenlei-train /usr/local/bin/wenlei-train
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/wenlei-train"]

# Serves the built-in model. To serve another one, mount its folder at /models and set WENLEI_MODEL=/models.
FROM ${RUNTIME_IMAGE} AS wenlei-server
ARG VERSION=0.1.0
ARG REVISION=
LABEL org.opencontainers.image.title="wenlei-server" \
      org.opencontainers.image.description="Says which topics Chinese local-government news is about, over gRPC" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build-server /out/wenlei-server /usr/local/bin/wenlei-server
USER 65532:65532
EXPOSE 50051 9464
ENV WENLEI_LISTEN=0.0.0.0:50051
HEALTHCHECK --interval=5s --timeout=4s --start-period=10s CMD ["/usr/local/bin/wenlei-server", "probe"]
ENTRYPOINT ["/usr/local/bin/wenlei-server"]
