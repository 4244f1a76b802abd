# What the maintainer scripts share; the build puts it into each of them.

home=/var/lib/casekeeper
backups=$home/backups
# There while an upgrade goes on whose backup is made.
backed_up=/run/casekeeper.backed-up

# Runs the program as the service does: its user, its folder, and the settings that every command reads by itself.
as_service() {
    setpriv --reuid=casekeeper --regid=casekeeper --clear-groups --no-new-privs \
        env -C "$home" casekeeper "$@"
}

# Backs up the database before another version opens it: $1 is the version that wrote it. Where there is none yet,
# there is nothing to do (66). A backup is verified, and never goes over another one.
back_up() {
    install -d -o casekeeper -g casekeeper -m 0700 "$backups"
    place=$backups/casekeeper-$(date -u +%Y%m%dT%H%M%SZ)-from-$1.db
    status=0
    as_service backup "$place" >&2 || status=$?
    case $status in
    0) : > "$backed_up" ;;
    66) ;;
    *)
        echo "casekeeper: no backup of the database could be made in $backups (see above), and without one it is not" \
            "upgraded. Nothing in it was changed." >&2
        return 1
        ;;
    esac
}

is_booted() {
    [ -d /run/systemd/system ]
}
