import CaseStore
import Glibc

/// A command of this program on a database, as an operator is told to type it: a message's remedy.
///
/// What root makes the service can't write, and a service's own user is often one that nobody logs in as. So it begins with
/// runuser(1), which is root's, where it is told to root or by such a user.
struct OperatorCommand {
    let database: String

    /// `runuser -u casekeeper -- casekeeper verify --database /var/lib/casekeeper/casekeeper.db`
    func line(_ words: String, program: String = "casekeeper") -> String {
        "\(launcher)\(program) \(words) --database \(DatabaseName.shellWord(database))"
    }

    /// What is before a command; empty where it is for whoever reads this to run.
    private var launcher: String {
        guard let user = ServiceUser(ofDatabase: database), user.id != 0, let name = user.name,
            geteuid() == 0 || geteuid() == user.id && user.isForServicesAlone
        else { return "" }
        return "runuser -u \(name) -- "
    }
}

/// The user that a service of a database runs as: the owner of its folder, as SQLite makes files there; or of the database, in
/// root's folder or in one that many share.
struct ServiceUser: Hashable {
    let id: uid_t
    /// Nil where it has none.
    let name: String?
    private let shell: String

    /// Where the folder is gone, it is whose home that is to be: the package's user's.
    init?(ofDatabase database: String) {
        let place = DatabaseName.resolved(database)
        let path = DatabaseName.folder(of: place)
        let folder = FileStatus(path)
        if let folder, folder.owner.user != 0, !folder.isSticky {
            self.init(folder.owner.user)
            return
        }
        guard let id = (FileStatus(place) ?? folder)?.owner.user ?? Self.user(atHome: path) else { return nil }
        self.init(id)
    }

    init(_ id: uid_t) {
        self.id = id
        guard let entry = getpwuid(id) else {
            (name, shell) = (nil, "")
            return
        }
        name = entry.pointee.pw_name.map { String(cString: $0) }
        shell = entry.pointee.pw_shell.map { String(cString: $0) } ?? ""
    }

    private static func user(atHome folder: String) -> uid_t? {
        guard let entry = getpwnam("casekeeper"), let home = entry.pointee.pw_dir,
            String(cString: home).utf8.elementsEqual(folder.utf8)
        else { return nil }
        return entry.pointee.pw_uid
    }

    /// The options of install(1) that make it theirs, with a space behind them; empty for whoever types them.
    func ownership(otherwiseOf typist: uid_t) -> String {
        guard id != typist, let name else { return "" }
        return "-o \(name) -g \(groupName ?? name) "
    }

    /// Whether nobody logs in as that user, as with those that packages make: their shell is nologin(8) or false(1).
    var isForServicesAlone: Bool { ["/nologin", "/false"].contains { shell.hasSuffix($0) } }

    /// `user casekeeper`, or `user 10001` where it has no name.
    var words: String { "user \(name ?? "\(id)")" }

    /// Of the group that it has by itself.
    var groupName: String? {
        guard let entry = getpwuid(id), let group = getgrgid(entry.pointee.pw_gid) else { return nil }
        return group.pointee.gr_name.map { String(cString: $0) }
    }

    /// Whether that user may read a file, as the system tells with their rights; nil where that can't be tried.
    func mayRead(_ path: String) -> Bool? {
        acting { faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) == 0 }
    }

    /// What is seen with the rights of that user; nil where that can't be tried, as only root may be somebody else.
    func acting<Value>(_ look: () -> Value) -> Value? {
        if geteuid() == id { return look() }
        guard geteuid() == 0, let name, let entry = getpwnam(name) else { return nil }
        let group = entry.pointee.pw_gid
        let ownGroup = getegid()
        var groups = [gid_t](repeating: 0, count: 1024)
        let count = getgroups(1024, &groups)
        guard count >= 0, initgroups(name, group) == 0 else { return nil }
        defer { setgroups(Int(count), groups) }
        guard setegid(group) == 0 else { return nil }
        defer { setegid(ownGroup) }
        guard seteuid(id) == 0 else { return nil }
        defer { seteuid(0) }
        return look()
    }
}
