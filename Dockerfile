# The server alone; it needs a PostGIS elsewhere: set KAWASAN_DATABASE_URL.
FROM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags='-s -w' -o /kawasan ./cmd/kawasan

# Alpine for certificates, time zones and wget, which the health check uses; the binary is static.
FROM alpine:3.22
RUN apk add --no-cache ca-certificates tzdata && adduser -D -H -u 10001 kawasan
COPY --from=build /kawasan /usr/local/bin/kawasan
USER 10001:10001
ENV KAWASAN_LISTEN=0.0.0.0:8080 KAWASAN_LOG_FORMAT=json
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
	CMD wget -q -O /dev/null http://127.0.0.1:8080/healthz
ENTRYPOINT ["kawasan"]
CMD ["serve"]
