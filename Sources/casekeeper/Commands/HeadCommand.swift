import ArgumentParser
import CaseStore

/// `casekeeper head`
struct HeadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "head", abstract: "Says where the log ends, and writes that down elsewhere.",
        discussion: """
            The head is the number of the log's last entry and its hash, as verify --head and promote --head take it. With \
            --head-file it is also put into that file, whole or not at all: whatever goes wrong, what was there stays. What is \
            there must be a head of this record: where the log does not go on from it, as its end was cut off or it was \
            rewritten, the exit code is 65, and the file stays. After a backup was restored, move it away. It takes no \
            verification, reads the database alone, and needs no service.
            """)

    @OptionGroup(title: "The head of the log") var written: HeadOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() throws {
        try database.requireExisting()
        let file = written.headFile.map { HeadFile(path: $0, database: database.database) }
        let before = try file?.read()
        let reader = try CaseStore.openStillReader(path: database.database)
        let (head, known) = try reader.read { transaction in
            (try transaction.logHead(), try before?.entry.flatMap { try transaction.hash(ofEntry: Int64($0)) })
        }
        if let file, let before, known?.utf8.elementsEqual(before.hash.lowercased().utf8) != true {
            let end = head.map { "it ends with entry \($0.id)" } ?? "it has no entries"
            throw CommandFailure(
                .badData,
                """
                the log does not go on from the head in \(file.path), entry \(before.entry ?? 0): \
                \(known == nil ? end : "it has another hash there"). Where a backup was restored move that file away; else restore one
                """)
        }
        guard let head else { return }
        try file?.write(head)
        try StandardOutput.print(head.written)
    }
}

/// Where a head is written down: a setting, as a timer goes by it.
struct HeadOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The file that head writes the head of the log into, on another disk or machine. (default: none)",
            valueName: "file"), form: .file)
    var headFile: String?
}
