# The server with the model built in. Build arguments choose other base images.
ARG RUST_IMAGE=rust:1.95-bookworm
ARG RUNTIME_IMAGE=gcr.io/distroless/cc-debian12:nonroot

FROM ${RUST_IMAGE} AS build
WORKDIR /build
COPY . .
RUN cargo build --release --locked --bin wenlei-server

FROM ${RUNTIME_IMAGE}
COPY --from=build /build/target/release/wenlei-server /usr/local/bin/wenlei-server
USER 65532:65532
EXPOSE 50051
ENV WENLEI_LISTEN=0.0.0.0:50051
HEALTHCHECK --interval=10s --timeout=4s --start-period=5s CMD ["/usr/local/bin/wenlei-server", "probe", "--addr", "127.0.0.1:50051"]
ENTRYPOINT ["/usr/local/bin/wenlei-server"]
