#!/usr/bin/env bash
# A real Slurm on one machine, for tests: munged, slurmctld and two slurmd, all files in one folder.
# Needs root and Debian's slurm-wlm (apt-get install slurm-wlm).
#
#   cluster.sh start DIR [MaxArraySize]   brings it up; then: export SLURM_CONF=DIR/slurm.conf
#   cluster.sh kill-node DIR node1        kill -9 of a node: its slurmd and everything that runs on it
#   cluster.sh start-node DIR node1       brings the node back
#   cluster.sh kill-controller DIR        kill -9 of slurmctld
#   cluster.sh start-controller DIR       starts it again from its saved state
#   cluster.sh heal DIR                   what an administrator does then: resumes drained nodes, releases held tasks
#   cluster.sh save-state DIR             keeps what slurmctld has saved by now
#   cluster.sh restore-state DIR          puts it back: as if slurmctld had died before it saved anything later
#   cluster.sh stop DIR                   ends everything that it started
set -euo pipefail

command=${1:?start, kill-node, start-node, kill-controller, start-controller, heal, save-state, restore-state or stop}
dir=$(realpath -m "${2:?folder}")
export SLURM_CONF=$dir/slurm.conf
PATH=$PATH:/usr/sbin:/sbin

write_config() {
  local host port
  host=$(hostname -s)
  # a port of its own for every folder, below the range that the system hands out
  port=$((20000 + $(cksum <<<"$dir" | cut -d' ' -f1) % 4000 * 3))
  cat >"$dir/slurm.conf" <<CONF
ClusterName=softfield
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/munge.socket
CredType=cred/munge
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool-%n
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/%n.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
MaxArraySize=$1
ReturnToService=2
SlurmdTimeout=5
KillWait=2
MinJobAge=600
MessageTimeout=2
SchedulerParameters=sched_min_interval=0,batch_sched_delay=0,sched_interval=2
NodeName=node1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=2
NodeName=node2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=2
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
  printf 'CgroupPlugin=cgroup/v1\n' >"$dir/cgroup.conf"
}

# pid files outlive a kill -9: a pid counts only while the process is ours
running() {
  local pid
  pid=$(cat "$1" 2>/dev/null) && grep -qz "^SLURM_CONF=$SLURM_CONF$" "/proc/$pid/environ" 2>/dev/null && echo "$pid"
}

# everything that runs on a node: its jobs by the environment that slurmd gives them, its daemons by their log
processes_of() {
  local proc
  for proc in /proc/[0-9]*; do
    if grep -qz "^SLURMD_NODENAME=$1$" "$proc/environ" 2>/dev/null && grep -qz "^SLURM_CONF=$SLURM_CONF$" "$proc/environ"; then
      echo "${proc#/proc/}"
    elif [[ $(readlink "$proc"/fd/* 2>/dev/null) == *"$dir/$1.log"* ]]; then
      echo "${proc#/proc/}"
    fi
  done
}

wait_for() {
  local _
  for _ in $(seq 300); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.1
  done
  echo "cluster.sh: waited in vain for: $*; see $dir/*.log" >&2
  exit 1
}

nodes_up() { [[ $(sinfo -h -N -o %t | grep -cE '^(idle|mix|alloc)$') == 2 ]]; }
controller_up() { scontrol ping | grep -q UP; }
gone() { [[ ! -e /proc/$1 ]]; }
end() {
  local pid
  pid=$(running "$1") || return 0
  kill "-$2" "$pid"
  wait_for gone "$pid"
}

# slurmd first, so that it reports nothing; the jobs last
kill_node() {
  local pids
  end "$dir/$1.pid" KILL
  pids=$(processes_of "$1")
  # shellcheck disable=SC2086
  [[ -z $pids ]] || kill -KILL $pids 2>/dev/null || true
}

start_node() { slurmd -N "$1"; }

# A slurmctld that died with its latest state unsaved starts tasks again that run, finds them there ("Duplicate jobid"),
# and drains the nodes: no task starts until they are resumed.
heal() {
  local node job
  for node in $(sinfo -h -N -o '%N %t' | awk '$2 ~ /^(drain|drng|down)/ {print $1}'); do
    scontrol update NodeName="$node" State=RESUME || true
  done
  for job in $(squeue -h -t PENDING -o '%A %r' | awk '/[Hh]eld/ {print $1}'); do
    scontrol release "$job" || true
  done
}

case $command in
start)
  mkdir -p "$dir/state"
  chmod 755 "$dir"
  write_config "${3:-1001}"
  head -c 1024 /dev/urandom >"$dir/munge.key"
  chmod 400 "$dir/munge.key"
  munged --force --key-file="$dir/munge.key" --socket="$dir/munge.socket" --pid-file="$dir/munged.pid" \
    --log-file="$dir/munged.log" --seed-file="$dir/munged.seed" --num-threads=2
  slurmctld
  wait_for controller_up
  start_node node1
  start_node node2
  wait_for nodes_up
  ;;
kill-node) kill_node "$3" ;;
start-node) start_node "$3" ;;
kill-controller) end "$dir/slurmctld.pid" KILL ;;
start-controller)
  slurmctld
  wait_for controller_up
  ;;
heal) heal ;;
save-state) rm -rf "$dir/saved" && cp -a "$dir/state" "$dir/saved" ;;
restore-state) rm -rf "$dir/state" && cp -a "$dir/saved" "$dir/state" ;;
stop)
  kill_node node1
  kill_node node2
  end "$dir/slurmctld.pid" TERM
  end "$dir/munged.pid" TERM
  ;;
*)
  echo "cluster.sh: unknown command $command" >&2
  exit 2
  ;;
esac
