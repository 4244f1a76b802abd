import CaseStore
import Foundation

/// A database that a process has open though its name is gone, or leads to another file: what is in it ends with the process,
/// unless it is copied before.
struct HeldDatabase: Sendable {
    let process: Int
    /// `/proc/4711/fd/12`.
    let file: String
    /// Of its write-ahead log, where that has something in it: what was committed last may be there alone.
    let log: String?
    /// Whether the process can make a file in the folder that is in the database's place now: a folder that was made anew is
    /// another one, and the sandbox of a unit has that of before.
    let mayFill: Bool

    /// - Parameters:
    ///   - database: by the name that it had.
    ///   - holder: the process that has its lock, and what for, where it is seen: a service.
    ///   - unit: the process of the unit that is to serve it, where that is known.
    /// - Returns: nil where a service has the database of the name, and where none is seen that has one without a name.
    init?(ofDatabase database: String, holder: String?, unit: Int? = nil) {
        let place = DatabaseName.resolved(database)
        let now = FileStatus(place)?.identity
        let own = holder.flatMap { $0.hasSuffix("(serve)") ? Int($0.prefix { $0.isNumber }) : nil }
        let found: Descriptors?
        if let own {
            found = Descriptors(ProcessFiles(process: own), besides: now) { _ in true }
        } else if holder == nil {
            // The lock may be gone, too, as where the whole folder is.
            let names = [database, place]
            found = ProcessFiles.all.lazy.compactMap { Self.lost($0, place, besides: now, names, unit) }.first
        } else {
            found = nil
        }
        guard let found else { return nil }
        process = found.process
        file = found.file
        log = found.log
        mayFill = Self.mayFill(DatabaseName.folder(of: place), process)
    }

    /// The files of a service that has lost the database of a name. A sandbox's mount that went with its folder leaves of the name
    /// what was below it, which another database's may end with, too.
    private static func lost(
        _ files: ProcessFiles, _ place: String, besides now: FileStatus.Identity?, _ names: [String], _ unit: Int?
    ) -> Descriptors? {
        guard ProcessFiles.isService(files.process) else { return nil }
        let isOwn = files.process == unit || ProcessFiles.isService(files.process, of: names)
        return Descriptors(files, besides: now) {
            $0.isDeleted && (isOwn ? place.hasSuffix($0.name) : place.utf8.elementsEqual($0.name.utf8))
        }
    }

    /// Whether what a process makes by the path of a folder is in that folder, and it may make something there: the mounts of a
    /// sandbox show it one that was made anew, and read-only (statvfs(3), `ST_RDONLY`).
    private static func mayFill(_ folder: String, _ process: Int) -> Bool {
        let seen = "/proc/\(process)/root\(folder)"
        var status = statvfs()
        guard let identity = FileStatus(folder)?.identity, FileStatus(seen)?.identity == identity,
            statvfs(seen, &status) == 0
        else { return false }
        return status.f_flag & UInt(ST_RDONLY) == 0
    }

    /// Where a process has the files of a database open.
    private struct Descriptors {
        let process: Int
        let file: String
        let log: String?

        /// - Parameter identity: of the file that has the database's name; who has that has lost nothing.
        init?(
            _ process: ProcessFiles, besides identity: FileStatus.Identity?, where isMeant: (ProcessFiles.File) -> Bool
        ) {
            let files = process.files
            if let identity, files.contains(where: { FileStatus($0.path)?.identity == identity }) { return nil }
            let databases = files.filter { file in
                isMeant(file) && FileStatus(file.path)?.isRegular == true && DatabaseHeader.isOurs(path: file.path)
            }
            // One that was given another name has its log under the one of before.
            func log(of file: ProcessFiles.File) -> ProcessFiles.File? { files.first { $0.name == file.name + "-wal" } }
            guard let database = databases.first(where: { log(of: $0) != nil }) ?? databases.first else { return nil }
            let log = log(of: database) ?? files.first { $0.name.hasSuffix("-wal") }
            let hasSomething = log.flatMap { FileStatus($0.path)?.size }.map { $0 > 0 } ?? false
            self.process = process.process
            file = database.path
            self.log = hasSomething ? log?.path : nil
        }
    }
}

extension Inspection {
    /// That nothing is to be done before what a process holds is saved, and the commands that save it.
    func finding(of held: HeldDatabase) -> Finding {
        let place = DatabaseName.resolved(database)
        let other = isThere ? "another file is in the place of \(place)" : "\(place) is gone"
        let copy = CaseStore.nextRescuedCopy(of: database) ?? CaseStore.rescuedCopy(of: database)
        let isUnit = units[.service]?.process == held.process
        let end =
            isUnit ? "systemctl stop casekeeper" : "kill -TERM \(held.process); tail --pid=\(held.process) -f /dev/null"
        let restore = command("restore \(DatabaseName.shellWord(copy)) --force")
        // What ends in order copies the database into its folder.
        let saving =
            held.mayFill
            ? [end] : [making([folder])] + copying(held, to: copy) + [end]
        return .error(
            "\(other), and process \(held.process) has the database open that was there, with all that is on record",
            why: "what is in it is lost with that process, unless it is saved before",
            remedy:
                "do not restart the service, nor restore a backup\(isReplicated ? ", and stop Litestream (systemctl stop litestream)" : ""). "
                + "Save what it holds: "
                + (saving + [restore]).joined(separator: "; ") + "; only then start the service"
                + (isReplicated ? ", and Litestream after litestream reset \(shellWord)" : ""),
            status: .noInput)
    }

    /// Copies a database by the descriptors of who has it open, as the service's user's; the log goes first, as a copy without
    /// it would look whole.
    private func copying(_ held: HeldDatabase, to copy: String) -> [String] {
        let owner = ServiceUser(ofDatabase: database)?.ownership(otherwiseOf: geteuid()) ?? ""
        return [held.log.map { ($0, copy + "-wal") }, (held.file, copy)].compactMap(\.self).map { source, target in
            "install \(owner)-m 0600 \(source) \(DatabaseName.shellWord(target))"
        }
    }
}
