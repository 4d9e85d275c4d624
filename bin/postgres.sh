# A PostgreSQL of our own, for tests and bench. To be sourced.

# Starts one on a free port in a folder, so that nothing depends on a server of this machine or touches one. Sets postgres_url.
start_postgres() {
    local folder=$1/postgres port
    postgres_bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    mkdir "$folder"
    if [[ $EUID -eq 0 ]]; then chown postgres: "$folder"; fi

    # --no-sync is for the empty cluster only: fsync stays on, because the program refuses to serve without it.
    as_postgres "$postgres_bin/initdb" -A trust -U postgres --no-sync -E UTF8 --locale=C.UTF-8 -D "$folder/data" >/dev/null
    # Journey tests run side by side, each with pools of its own: the usual 100 connections are too few.
    as_postgres "$postgres_bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w \
        -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c max_connections=400" start >/dev/null
    postgres_url="postgresql://postgres@127.0.0.1:$port/postgres"
}

stop_postgres() {
    local data=$1/postgres/data
    if [[ -e $data/postmaster.pid ]]; then as_postgres "$postgres_bin/pg_ctl" -D "$data" -m immediate -w stop >/dev/null || true; fi
}

# PostgreSQL refuses to run as root, and complains about a current folder that its user may not enter.
as_postgres() (
    cd /
    if [[ $EUID -eq 0 ]]; then exec setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; fi
    exec "$@"
)
