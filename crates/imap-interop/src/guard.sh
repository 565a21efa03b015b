# guard.sh FOLDER: kills a server when standard input closes, and removes its folder (none if empty).
#
# The other end of the pipe is held by the test's process. It writes the number of the server's
# process group, and then nothing; however it ends, even by SIGKILL, the pipe closes. The state is
# worthless then, and a server that is asked to end can take its time, so it isn't asked.

read -r group || exit
read -r _
kill -s KILL -- "-$group"
if [ -n "$1" ]; then
  # What a dying process had begun to write may come in between.
  rm -rf -- "$1" 2>/dev/null || { sleep 0.2; rm -rf -- "$1"; }
fi
