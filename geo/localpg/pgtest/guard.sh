# Runs the test cluster and stops it when no test process has used it for half a minute.
# Arguments: the directory of PostgreSQL's programs, the cluster's home, the socket's
# directory, the number of the gate lock, then the server's own arguments.
bin=$1 home=$2 socket=$3 gate=$4
shift 4
"$bin/postgres" "$@" &
server=$!
trap 'kill -INT $server 2>/dev/null; wait $server; exit' TERM INT

ask() { "$bin/psql" -X -A -t -q -h "$socket" -p 5432 -U kawasan -d postgres 2>/dev/null; }

idle=0
while kill -0 $server 2>/dev/null; do
	sleep 3
	if [ "$(echo "select pg_try_advisory_lock($gate)" | ask)" = t ]; then
		idle=$((idle + 3))
	else
		idle=0
	fi
	if [ $idle -ge 30 ]; then
		# The lock is held until the server is gone, so nobody can come in between.
		ask <<-END
			select pg_try_advisory_lock($gate) as alone \gset
			\if :alone
			\! kill -INT $server
			select pg_sleep(20);
			\endif
		END
	fi
done
wait $server
