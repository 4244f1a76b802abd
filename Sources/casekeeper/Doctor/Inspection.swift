import CaseStore
import Complaints
import Foundation
import HTTPServer

/// What the checks look at: the settings in force, the files of the database, and what is read of it once for all. Nothing of
/// it is written, and no file is left beside the database.
struct Inspection: Sendable {
    let database: String
    /// In which the database is, without symbolic links.
    let folder: String
    let listen: [ListenAddress]
    let trustedProxies: [TrustedProxy]
    let walLimit: Int
    let minFreeSpace: Int?
    let isSaidReplicated: Bool
    /// The folder of backups.
    let backups: String
    let backupAge: ElapsedTime
    /// The settings that somebody gave, and what is to be told of where they are from.
    let set: [Setting]
    let notes: [String]
    let file: String?
    var now: Instant
    /// Whether there is a database that is seen.
    let isThere: Bool
    /// What keeps whoever looks from reading the database.
    let denial: Obstacle?
    /// The same, or why it was not read although it may be.
    let obstacle: Obstacle?
    /// The process that has the database for itself, and what for; nil where none is seen.
    let holder: String?
    /// A database that has lost its name, and is still open.
    let held: HeldDatabase?
    /// Whether the database was left in the middle of a change. To read it would take that back, and a look changes nothing.
    let isHalfChanged: Bool
    /// What the clocks say beside the record; why not where it can't be read.
    let clock: Outcome<ClockReport>
    /// What is on record.
    let record: Outcome<Record>
    /// The package's units, where this is its service's database.
    var units = SystemUnits()
    var zones = ZoneDatabase.system
    var sockets = ListeningSockets.system

    /// What is read of a database of this version's shape.
    struct Record: Sendable {
        let head: LogHead?
        let epochs: Epochs
        let tokens: [Token]
        let wasReplicated: Bool
    }

    /// Something that was read, or why not.
    enum Outcome<Value: Sendable>: Sendable {
        case read(Value)
        case failed(CommandFailure)

        init(_ read: () throws -> Value) {
            do {
                self = .read(try read())
            } catch {
                self = .failed(CommandFailure(error))
            }
        }

        var value: Value? {
            guard case .read(let value) = self else { return nil }
            return value
        }
    }

    init(
        _ service: ServeCommand, backupAge: ElapsedTime, set: [Setting], notes: [String], file: String?
    ) {
        let database = service.database.database
        self.database = database
        folder = DatabaseName.folder(of: DatabaseName.resolved(database))
        listen = service.listen.flatMap(\.self)
        trustedProxies = service.access.trustedProxy.flatMap(\.self)
        walLimit = service.disk.walLimit
        minFreeSpace = service.disk.minFreeSpace
        isSaidReplicated = service.disk.replicated
        backups = service.backups.folder(ofDatabase: database)
        self.backupAge = backupAge
        self.set = set
        self.notes = notes
        self.file = file
        let isPackage = file == ConfigurationFile.usualPath && set.isFromFile("database")
        if isPackage { units = .ofSystem }
        now = StoreOptions.systemClock()
        isThere = service.database.exists
        denial = Obstacle(readingDatabase: database)
        // Asked before anything is opened.
        let obstacle = denial ?? Obstacle(givingBack: database)
        self.obstacle = obstacle
        let isHalfChanged = obstacle == nil && HotJournal.isLeft(besideDatabase: database)
        self.isHalfChanged = isHalfChanged
        let holder = ClockReport.holder(ofDatabase: database)
        self.holder = holder
        held = HeldDatabase(ofDatabase: database, holder: holder, unit: units[.service]?.process)
        clock = Outcome {
            try Self.require(obstacle, isHalfChanged)
            try service.database.requireExisting()
            return try ClockReport(path: database)
        }
        record = Outcome {
            try Self.require(obstacle, isHalfChanged)
            try service.database.requireExisting()
            return try CaseStore.openStillReader(path: database).read {
                Record(
                    head: try $0.logHead(), epochs: try $0.epochs(), tokens: try $0.tokens(),
                    wasReplicated: try $0.wasReplicated())
            }
        }
    }
}

extension [Setting] {
    /// Whether an option is as the file has it.
    fileprivate func isFromFile(_ option: String) -> Bool {
        contains { setting in
            guard setting.option.name == option, case .file = setting.source else { return false }
            return true
        }
    }
}

// MARK: - What could not be looked at
extension Inspection {
    private static func require(_ obstacle: Obstacle?, _ isHalfChanged: Bool) throws {
        if isHalfChanged { throw CommandFailure(.configuration, "the database was left in the middle of a change") }
        if let obstacle { throw CommandFailure(.configuration, obstacle.reason) }
    }

    /// Why a thing that is read of the database was not read; nil where it was, or there is no database.
    func obstacle<Value>(to outcome: Outcome<Value>) -> Obstacle? {
        if let obstacle { return obstacle }
        guard !isMissing, case .failed(let failure) = outcome else { return nil }
        return Obstacle(
            reason: failure.message, remedy: "do what is said of the record, and run casekeeper doctor again")
    }

    /// Why not even the names and lengths of the database's files were seen.
    var hidden: Obstacle? { FileStatus(DatabaseName.resolved(database)) == nil ? denial : nil }

    /// What keeps whoever looks from reading a file or a folder.
    func obstacle(reading path: String) -> Obstacle? { Obstacle(reading: path, ofDatabase: database) }
}

// MARK: - What to do
extension Inspection {
    /// The database from the root, as a word of a shell.
    var shellWord: String { DatabaseName.shellWord(database) }

    /// A command of this program on this database, as whoever's it is.
    func command(_ words: String) -> String { OperatorCommand(database: database).line(words) }

    /// A command that makes files in the database's folder, behind one that makes the folder where that is gone.
    private func makingCommand(_ words: String) -> String {
        FileStatus(folder) == nil ? "\(making([folder])) && \(command(words))" : command(words)
    }

    /// A command that makes folders, as the service's user's.
    func making(_ folders: [String]) -> String {
        let user = ServiceUser(ofDatabase: database)
        let owner = user?.ownership(otherwiseOf: geteuid()) ?? ""
        let isForRoot = !owner.isEmpty && geteuid() != 0
        let words = folders.map(DatabaseName.shellWord).joined(separator: " ")
        return "\(isForRoot ? "as root: " : "")install -d \(owner)-m 0700 \(words)"
    }

    /// The command that restores the newest backup that is known.
    var restoreCommand: String { restoreCommand(isForced: true) }

    private func restoreCommand(isForced: Bool) -> String {
        let newest = BackupFolder(backups).backups.last.map { DatabaseName.shellWord($0.path) }
        return makingCommand("restore \(newest ?? "BACKUP")\(isForced ? " --force" : "")")
    }

    /// Whether there is no record: no database, or an empty file in its place.
    var isMissing: Bool {
        guard denial == nil else { return false }
        let status = FileStatus(DatabaseName.resolved(database))
        return !isThere || status.map { $0.isRegular && $0.size == 0 } == true
    }

    /// Where a record that was there is brought back from, the one first that has most of it.
    ///
    /// - Parameter isForced: whether something is in the database's place, or left of it.
    func restoreWays(isForced: Bool) -> String {
        let replica = "from Litestream's replica (operating.md, A standby and a point in time), or a backup: "
        return (FileStatus(Replication.folder(of: database)) == nil ? "" : replica) + restoreCommand(isForced: isForced)
    }

    /// What brings a record back, and only then how a new one is made.
    var restoreOrBegin: String {
        "where there was a record, restore it: \(restoreWays(isForced: isThere)); where it is another file, give --database or "
            + "--config; only for a new desk make one: \(makingCommand("migrate"))"
    }

    /// Starts the service, or starts it anew; only behind what has to be done before that, as where that would lose what it
    /// holds, or go on beside another one.
    var restart: String {
        if held != nil { return "do what is said of the files, and do not restart it before that" }
        if isMissing { return "do what is said of the files and the record; only then \(start)" }
        if isSuperseded { return "do what is said of the epoch; the service is not to run before that" }
        return start
    }

    private var start: String {
        Self.isPackageThere
            ? "systemctl restart casekeeper" : "start it again: casekeeper serve --database \(shellWord)"
    }

    /// Whether another service goes on with the record.
    var isSuperseded: Bool { record.value?.epochs.successor != nil }

    /// Whether the package's unit is on this machine, whether it runs the service or not.
    static var isPackageThere: Bool {
        ["/usr/lib/systemd/system", "/lib/systemd/system", "/etc/systemd/system"]
            .contains { FileStatus("\($0)/casekeeper.service") != nil }
    }

    static func userName(_ id: uid_t) -> String? { ServiceUser(id).name }

    /// `user casekeeper`, or `user 10001` where it has no name.
    static func user(_ id: uid_t) -> String { ServiceUser(id).words }

    /// `12.3 MB`.
    static func size(_ bytes: Int) -> String {
        bytes < 1_000_000
            ? "\(bytes / 1000) kB"
            : bytes < 1_000_000_000
                ? "\(bytes / 1_000_000).\(bytes / 100_000 % 10) MB"
                : "\(bytes / 1_000_000_000).\(bytes / 100_000_000 % 10) GB"
    }
}
