# What people and CI run. `just` lists the recipes.

default:
    @just --list

# All tests.
test:
    cargo test --workspace

# The same with traces to an OpenTelemetry collector built in.
otlp:
    cargo test -p wenlei-tests --features otlp --test otlp

# What one core serves and what memory models take: the figures of docs/operations.md.
sizing:
    cargo test --release -p wenlei-tests --test sizing -- --ignored --nocapture --test-threads=1

# How long articles and pages take, and how a page compares with its articles.
bench:
    cargo bench -p wenlei-model --bench classify

# Feed a target of fuzz/ (request, model_file, page, training_data) with inputs made up on the way; see fuzz/README.md.
fuzz target seconds="600":
    cp Cargo.lock fuzz/Cargo.lock
    mkdir -p fuzz/corpus/{{target}}
    RUSTC_BOOTSTRAP=1 cargo fuzz run {{target}} fuzz/corpus/{{target}} fuzz/seeds/{{target}} -- \
        -dict=fuzz/words.dict -max_total_time={{seconds}} -max_len=16384 \
        -timeout=20 -malloc_limit_mb=256 -rss_limit_mb=2048

# Formatting, clippy (of the fuzz targets too), documentation and licences, warnings denied.
check:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets --all-features -- -D warnings
    cp Cargo.lock fuzz/Cargo.lock
    cargo clippy --manifest-path fuzz/Cargo.toml --target-dir target/fuzz -- -D warnings
    RUSTDOCFLAGS="-D warnings -A rustdoc::private-intra-doc-links" cargo doc --workspace --no-deps --document-private-items
    cargo deny check bans licenses sources

# Regenerate the protobuf code after a change of proto/.
generate:
    WENLEI_REGENERATE=1 cargo test -p wenlei-proto --test generated_code_is_current

# Lint the protos.
proto:
    npx --yes @bufbuild/buf@1.75.0 lint proto

# Make the default model anew.
fit:
    cargo run --release --bin wenlei-train -- fit models/local-news

# Make the numbers of the page splitter anew; what is built afterwards splits by them.
fit-pages out="crates/wenlei-text/src/page/learnt":
    cargo run --release --bin wenlei-train -- fit-pages tests/data/pages/develop --corpus models/local-news/corpus/*.jsonl --out {{out}}

# The committed model must be what `fit` makes of the committed corpus, on one thread and on two; likewise the page
# splitter's numbers.
reproduce:
    just fit-pages target/learnt && diff -r target/learnt crates/wenlei-text/src/page/learnt
    for threads in 1 2; do \
        RAYON_NUM_THREADS=$threads cargo run --release --quiet --bin wenlei-train -- fit models/local-news --out target/again.safetensors \
        && cmp target/again.safetensors models/local-news/model.safetensors || exit 1; \
    done

# Build the images and test them and deploy/ on Docker: Debian, as root; installs what is missing.
containers:
    tests/container/run

# Check deploy/kubernetes against the schemas of the API.
kubernetes:
    tests/kubernetes/run

# Serve the default model on 127.0.0.1:50051.
serve:
    cargo run --release --bin wenlei-server
