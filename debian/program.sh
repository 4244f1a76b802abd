# What the maintainer scripts share; the build puts it into each of them.

# Nothing of whoever runs dpkg counts: another casekeeper in its PATH, or a setting in its environment, would have another
# database backed up than the service's.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
umask 022

home=/var/lib/casekeeper
backups=$home/backups
# For an administrator to enable.
timers="casekeeper-backup.timer casekeeper-head.timer"
# While an upgrade goes on whose backup is made: by which version, before which, and where it is. In /run, as root alone
# writes there, and it ends with the machine.
backed_up=/run/casekeeper.backed-up
# There from when these scripts stop a service until they start it again.
stopped=/run/casekeeper.stopped

# Runs a command as the service does: its user, its folder, and no settings but those that the program reads by itself.
# What is in the folder is that user's, links as well, so root makes and changes nothing there.
as_service() {
    setpriv --reuid=casekeeper --regid=casekeeper --clear-groups --no-new-privs \
        env -i -C "$home" PATH="$PATH" HOME="$home" LC_ALL=C.UTF-8 "$@" < /dev/null 3>&-
}

say() {
    echo "casekeeper: $*" >&2
}

# The unit can't start in a folder that is a link: what it leads to is read-only to it.
require_own_folder() {
    if [ -L "$home" ]; then
        say "$home is a symbolic link, with which the service can't start. Mount what it leads to there instead (mount" \
            "--bind, and a line in /etc/fstab). Nothing was changed."
        return 1
    fi
}

# Backs up the database to $place, and says so on standard output, before another version opens it: $1 is the version that wrote it. Where there is none
# yet, there is nothing to do (66). A backup is verified, and never goes over another one.
back_up() {
    as_service mkdir -p -m 0700 "$backups" || true
    # Of the same second there may be one already, where one upgrade follows another.
    for try in 1 2 3 4 5; do
        place=$backups/casekeeper-$(date -u +%Y%m%dT%H%M%SZ)-from-$1.db
        as_service test -e "$place" || break
        [ "$try" = 5 ] || sleep 1
    done
    status=0
    as_service casekeeper backup "$place" || status=$?
    case $status in
    0 | 66) return 0 ;;
    *)
        say "no backup of the database could be made in $backups (see above)."
        return 1
        ;;
    esac
}

is_booted() {
    [ -d /run/systemd/system ]
}

# Whether it runs, is about to, or is tried again and again.
is_up() {
    is_booted || return 1
    case $(systemctl is-active casekeeper.service) in
    active | activating | reloading | deactivating) return 0 ;;
    *) return 1 ;;
    esac
}

# Whether it runs and is ready.
is_well() {
    is_booted && systemctl --quiet is-active casekeeper.service
}

stop_service() {
    is_up || return 0
    : > "$stopped"
    deb-systemd-invoke stop casekeeper.service > /dev/null || true
    # Where policy-rc.d forbids it.
    if is_up; then rm -f "$stopped"; fi
}

# Starts what these scripts have stopped, though it be disabled, and says so where it does not come up.
start_again() {
    [ -e "$stopped" ] || return 0
    rm -f "$stopped"
    systemctl start casekeeper.service > /dev/null || true
    is_well || say "the service does not run now: systemctl status casekeeper says why."
}
