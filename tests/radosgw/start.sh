#!/bin/bash
# Starts a real S3 server on loopback for the object store's contract tests: Ceph radosgw, everything in memory.
# It checks signatures, multipart uploads and If-None-Match, which no stand-in of ours proves.
#
#   apt-get install -y --no-install-recommends ceph-mon ceph-osd ceph-mgr radosgw
#   tests/radosgw/start.sh start <folder>      # prints the address when it answers; the folder is made anew
#   tests/radosgw/start.sh stop <folder>
#
# NOVA_RADOSGW=1 makes the tests expect it on http://127.0.0.1:7480 with the keys below; the port is NOVA_RADOSGW_PORT.
set -eu

verb=${1:?start or stop}
folder=${2:?a folder for configuration, logs and process ids}
port=${NOVA_RADOSGW_PORT:-7480}
monitor=127.0.0.1:$((port + 1))
access_key=radosgw-test-key
secret_key=radosgw-test-secret

stop() {
    for name in rgw mgr osd mon; do
        if [ -f "$folder/$name.pid" ]; then
            kill "$(cat "$folder/$name.pid")" 2>/dev/null || true
            rm -f "$folder/$name.pid"
        fi
    done
}

# Runs a daemon in the background and notes its process id.
daemon() {
    name=$1
    shift
    "$@" --conf "$folder/ceph.conf" --foreground >"$folder/$name.log" 2>&1 &
    echo $! >"$folder/$name.pid"
}

# Tries a command until it succeeds: await <seconds> <command...>
await() {
    left=$(($1 * 5))
    shift
    until "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        if [ "$left" -le 0 ]; then
            echo "gave up on: $*" >&2
            tail -n 5 "$folder"/*.log >&2
            exit 1
        fi
        sleep 0.2
    done
}

stop
[ "$verb" = stop ] && exit 0

rm -rf "$folder"
mkdir -p "$folder/mon" "$folder/osd" "$folder/mgr" "$folder/rgw"
folder=$(cd "$folder" && pwd)
cluster=$(cat /proc/sys/kernel/random/uuid)
admin=$(ceph-authtool --gen-print-key)

cat >"$folder/keyring" <<KEYRING
[mon.]
    key = $admin
    caps mon = "allow *"
[client.admin]
    key = $admin
    caps mon = "allow *"
    caps mgr = "allow *"
    caps osd = "allow *"
KEYRING

cat >"$folder/ceph.conf" <<CONF
[global]
fsid = $cluster
keyring = $folder/keyring
run_dir = $folder
log_file = /dev/null
admin_socket = $folder/\$name.asok
setuser = root
setgroup = root
# One of everything, nobody to guard against.
mon_host = $monitor
mon_initial_members = only
public_addr = 127.0.0.1
ms_bind_msgr2 = false
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 4
osd_pool_default_pgp_num = 4
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_warn_on_pool_no_redundancy = false
mon_max_pg_per_osd = 1000
mon_osd_min_down_reporters = 0
# Objects live in memory.
mon_data = $folder/mon
osd_data = $folder/osd
mgr_data = $folder/mgr
osd_objectstore = memstore
memstore_device_bytes = 4294967296
[client.rgw]
rgw_data = $folder/rgw
rgw_frontends = beast endpoint=127.0.0.1:$port
CONF

ceph="ceph --conf $folder/ceph.conf --connect-timeout 2"

monmaptool --create --clobber --addv only "[v1:$monitor]" --fsid "$cluster" "$folder/monmap" >/dev/null
ceph-mon --conf "$folder/ceph.conf" --mkfs --id only --monmap "$folder/monmap" --keyring "$folder/keyring" 2>/dev/null
daemon mon ceph-mon --id only
await 30 $ceph mon stat

disk=$(cat /proc/sys/kernel/random/uuid)
await 30 $ceph osd new "$disk"
ceph-osd --conf "$folder/ceph.conf" --mkfs --id 0 --osd-uuid "$disk" >/dev/null 2>&1
daemon osd ceph-osd --id 0
daemon mgr ceph-mgr --id only
await 60 sh -c "$ceph osd stat | grep -q '1 up'"

await 90 timeout 60 radosgw-admin --conf "$folder/ceph.conf" user create --uid=test --display-name=test \
    --access-key="$access_key" --secret-key="$secret_key"
daemon rgw radosgw --name client.rgw
await 60 bash -c "exec 3<>/dev/tcp/127.0.0.1/$port"
echo "radosgw answers on http://127.0.0.1:$port"
