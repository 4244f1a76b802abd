import CaseStore
import Complaints
import Foundation
import TestSupport
import Testing

@testable import casekeeper

@Suite("casekeeper import", .serialized)
struct ImportCommandTests {
    let folder = try! TemporaryFolder()

    private var database: Database { Database(path: folder.path("casekeeper.db")) }

    @Test("takes the CFPB sample once, and counts what was kept as the file does")
    func sample() throws {
        try takesTwice(Repository.sample)
    }

    /// The file is no part of the repository; `make test` says whether it was found.
    @Test(
        "takes the whole CFPB file once, and counts what was kept as the file does",
        .enabled(if: ProcessInfo.processInfo.environment["CASEKEEPER_CFPB_CSV"] != nil))
    func whole() throws {
        let path = try #require(ProcessInfo.processInfo.environment["CASEKEEPER_CFPB_CSV"])
        try takesTwice(path)
        let figures = try database.figures()
        #expect(figures.kept == 6490)
        #expect(figures.keptLate == 133)
    }

    private func takesTwice(_ path: String) throws {
        let count = try CFPB.Count(path: path)
        let first = try Binary.run(["import", path] + CFPB.options, in: folder)
        #expect(first.exitCode == 0, "\(first.errors)")
        #expect(first.output.hasPrefix("\(count.rows) rows: \(count.rows) added, 0 already there, 0 refused, in "))
        let head = try database.read { try $0.logHead() }

        let second = try Binary.run(["import", path] + CFPB.options, in: folder)
        #expect(second.exitCode == 0)
        #expect(second.output.hasPrefix("\(count.rows) rows: 0 added, \(count.rows) already there, 0 refused, in "))
        #expect(try database.read { try $0.logHead() } == head)

        let figures = try database.figures()
        #expect(figures.kept == count.kept)
        #expect(figures.keptLate == count.keptLate)
        #expect(figures.due == count.rows)
        #expect(figures.backdated == 0)
        #expect(try Binary.run(["verify"], in: folder).exitCode == 0)
    }

    @Test("keeps a complaint verbatim, with its newlines and quotes")
    func verbatim() throws {
        _ = try Binary.run(["import", Repository.sample] + CFPB.options, in: folder)
        let cases = try database.cases()
        #expect(cases.map(\.record.complaint.unicodeScalars.count).max() == 21_928)
        #expect(cases.contains { $0.record.complaint.contains("\"") && $0.record.complaint.contains("\n") })
    }

    @Test("takes a case of the past as it was: opened, promised and resolved at its own instants")
    func history() throws {
        try folder.write(
            """
            id,text,who,mail,in,due,done,tags,how bad
            A1,"It broke.
            Twice.",Ann Lee,ann@example.com,2020-01-01T10:00:00Z,2020-01-03T10:00:00Z,2020-01-02T09:00:00+01:00,"vip; late,vip",3
            A2,Still broken,Bob,,2020-02-01T10:00:00Z,,,,

            """, to: "old.csv")
        let result = try Binary.run(
            [
                "import", "old.csv", "--map", "external_id=id", "--map", "complaint=text", "--map", "customer.name=who",
                "--map", "customer.email=mail", "--map", "received_at=in", "--map", "promise.due_at=due",
                "--map", "promise.kept_at=done", "--map", "tags=tags", "--map", "severity=how bad",
                "--value-map", "severity:3=high", "--set", "severity=low", "--set", "owner=Kim", "--set",
                "promise.evidence=the old system",
            ], in: folder)
        #expect(result.exitCode == 0, "\(result.errors)")
        let cases = try database.cases()
        try #require(cases.count == 2)

        let kept = cases[0]
        #expect(kept.record.complaint == "It broke.\nTwice.")
        #expect(kept.record.customer.fields.email == "ann@example.com")
        #expect(kept.record.fields.tags == ["vip", "late"])
        #expect(kept.record.fields.severity == .high)
        #expect(kept.record.fields.owner == "Kim")
        #expect(kept.record.imported)
        #expect(kept.record.status == .resolved)
        #expect(kept.record.resolvedAt?.rfc3339 == "2020-01-02T08:00:00Z")
        #expect(kept.record.openedAt.rfc3339 == "2020-01-01T10:00:00Z")
        #expect(kept.promises[0].madeAt == kept.record.openedAt)
        #expect(kept.promises[0].settlement?.recordedAt.rfc3339 == "2020-01-02T08:00:00Z")
        #expect(kept.promises[0].settlement?.evidence == "the old system")
        let entries = try database.read { try $0.log(ofCase: kept.record.id, PageRequest(limit: 10)).items }
        #expect(entries.map(\.kind) == [.caseOpened, .promiseMade, .promiseKept, .caseResolved])
        #expect(entries.allSatisfy { $0.imported && $0.recordedAt == $0.at })

        let open = cases[1]
        #expect(open.record.status == .open)
        #expect(open.record.fields.severity == .low)
        #expect(open.promises[0].madeBy == "policy")
        #expect(open.promises[0].dueAt.rfc3339 == "2020-02-04T10:00:00Z")
    }

    @Test("leaves refused rows in a file that can be corrected and imported as it is")
    func rejects() throws {
        try folder.write(
            """
            id,text,in,done,how\r
            1,fine,2020-01-01T00:00:00Z,,web\r
            2,"two, with a comma",2020-01-01,2019-01-01T00:00:00Z,pigeon\r
            3,short,2020-01-01T00:00:00Z\r
            4,long,2020-01-01T00:00:00Z,,web,more\r
            5,"qu"ote,2020-01-01T00:00:00Z,,web\r
            ,nameless,2020-01-01T00:00:00Z,,web\r
            7,early,2020-01-02T00:00:00Z,2020-01-01T00:00:00Z,web\r
            8,late,9020-01-02T00:00:00Z,,web\r
            9,fine as well,2020-01-01T00:00:00Z,,web\r

            """, to: "old.csv")
        let options = [
            "--map", "external_id=id", "--map", "complaint=text", "--map", "received_at=in", "--map",
            "promise.kept_at=done", "--map", "channel=how", "--set", "customer.name=x",
        ]
        let result = try Binary.run(["import", "old.csv"] + options, in: folder)
        #expect(result.exitCode == 65)
        #expect(result.output.hasPrefix("9 rows: 2 added, 0 already there, 7 refused, in "))
        #expect(result.errors.hasPrefix("Made a new database, \(folder.path("casekeeper.db")): "))
        #expect(result.errors.hasSuffix("casekeeper: refused rows and their reasons are in old.rejects.csv\n"))

        var reader = try CSVReader(path: folder.path("old.rejects.csv"))
        #expect(try reader.next()?.fields == ["id", "text", "in", "done", "how", "line", "reasons"])
        var rejected: [[String]] = []
        while let record = try reader.next() { rejected.append(record.fields) }
        #expect(rejected.map { $0[5] } == ["3", "4", "5", "6", "7", "8", "9"])
        #expect(rejected[0][1] == "two, with a comma")
        let reasons = rejected.map { $0[6] }
        for part in [
            "channel: 'pigeon' is not one of phone, email, chat, web, social, letter, in_person, other; "
                + "--value-map translates. (invalid_value)",
            "received_at: '2020-01-01' is no date of the form of RFC 3339; --date-format names another. "
                + "(invalid_instant)",
        ] {
            #expect(reasons[0].contains(part), "all that is wrong with a row is said at once")
        }
        #expect(reasons[1] == "it has 3 fields, the header 5")
        #expect(reasons[2] == "it has 6 fields, the header 5; left out here: 'more'")
        #expect(reasons[3].hasPrefix("a quote on line 6 stands where none may"))
        #expect(reasons[4] == "external_id: is blank. (required)")
        #expect(reasons[5].contains("promise.kept_at") && reasons[5].contains("(before_made_at)"))
        #expect(reasons[6].contains("received_at") && reasons[6].contains("(in_the_future)"))

        let corrected = try folder.read("old.rejects.csv").replacing("qu\"\"ote", with: "quote").replacing(
            "pigeon", with: "phone")
        try folder.write(corrected, to: "corrected.csv")
        let again = try Binary.run(
            ["import", "corrected.csv", "--date-format", "yyyy-MM-dd"] + options, in: folder)
        #expect(again.output.hasPrefix("7 rows: 3 added, 0 already there, 4 refused, in "), "\(again.output)")
    }

    @Test("makes no rejects file when nothing was refused")
    func noRejects() throws {
        try folder.write("a\nx\n", to: "one.csv")
        let result = try Binary.run(
            ["import", "one.csv", "--map", "complaint=a", "--set", "customer.name=x", "--rejects", "r.csv"], in: folder)
        #expect(result.exitCode == 0)
        #expect(!folder.has("r.csv"))
        #expect(result.errors.contains("no column is mapped to external_id"))
        #expect(result.errors.contains("nothing says when the cases were received"))
    }

    @Test("--dry-run finds the same faults and writes neither cases nor a database")
    func dryRun() throws {
        try folder.write("id,a\n1,x\n1,x\n2,\n", to: "rows.csv")
        let options = [
            "--map", "complaint=a", "--map", "external_id=id", "--set", "customer.name=x", "--set",
            "received_at=2026-01-01T00:00:00Z",
        ]
        let dry = try Binary.run(["import", "rows.csv", "--dry-run"] + options, in: folder)
        #expect(dry.exitCode == 65)
        #expect(dry.output.hasPrefix("3 rows: 1 would be added, 1 already there, 1 refused, in "))
        #expect(dry.errors == "casekeeper: rows would be refused; --rejects FILE shows which, and why\n")
        #expect(!folder.has("casekeeper.db") && !folder.has("rows.rejects.csv"))
        try folder.write("id,a,line,reasons\r\n", to: "rows.rejects.csv")
        #expect(try Binary.run(["import", "rows.csv", "--dry-run"] + options, in: folder).exitCode == 65)
        #expect(try folder.read("rows.rejects.csv") == "id,a,line,reasons\r\n")
        let asked = try Binary.run(["import", "rows.csv", "--dry-run", "--rejects", "r.csv"] + options, in: folder)
        #expect(asked.exitCode == 65 && asked.errors.contains("are in r.csv"))
        #expect(try folder.read("r.csv").contains("required"))
        let wet = try Binary.run(["import", "rows.csv"] + options, in: folder)
        #expect(wet.output.hasPrefix("3 rows: 1 added, 1 already there, 1 refused, in "))
        let after = try Binary.run(["import", "rows.csv", "--dry-run"] + options, in: folder)
        #expect(after.output.hasPrefix("3 rows: 0 would be added, 2 already there, 1 refused, in "))
    }

    @Test("what was due on a day is in time until its end, and done on the day of its receipt is as it may be")
    func daysWithoutTime() throws {
        try folder.write(
            """
            id,in,due,done
            1,03.06.2024 10:00,07.06.2024,07.06.2024 14:30
            2,03.06.2024 10:00,07.06.2024,08.06.2024 00:01
            3,03.06.2024,07.06.2024,07.06.2024
            4,03.06.2024 10:00,03.06.2024,03.06.2024
            5,03.06.2024 10:00,03.06.2024 09:00,
            6,03.06.2024 10:00,07.06.2024,02.06.2024
            7,30.02.2024,07.06.2024,06.06.2024

            """, to: "a.csv")
        let line = [
            "import", "a.csv", "--map", "external_id=id", "--set", "complaint=x", "--set", "customer.name=x", "--map",
            "received_at=in", "--map", "promise.due_at=due", "--map", "promise.kept_at=done", "--date-format",
            "dd.MM.yyyy",
            "--date-format", "dd.MM.yyyy HH:mm", "--time-zone", "Europe/Berlin", "--encoding", "UTF-8", "--rejects",
            "r.csv",
        ]
        let result = try Binary.run(line, in: folder)
        #expect(
            result.exitCode == 65 && result.output.hasPrefix("7 rows: 4 added, 0 already there, 3 refused"), "\(result)"
        )
        let unread = try #require(try folder.read("r.csv").split(whereSeparator: \.isNewline).last)
        #expect(
            unread.contains("received_at") && !unread.contains("before_made_at"),
            "what is not known is not before anything: \(unread)")
        let promises = try database.cases().sorted { $0.record.id < $1.record.id }.map { $0.promises[0] }
        let now = StoreOptions.systemClock()
        #expect(promises.map { $0.state(at: now) } == [.kept, .keptLate, .kept, .kept])
        #expect(promises.map(\.dueAt.rfc3339).prefix(2) == ["2024-06-07T22:00:00Z", "2024-06-07T22:00:00Z"])
        #expect(promises[3].keptAt == promises[3].madeAt)
        let again = try Binary.run(line + ["--update"], in: folder)
        #expect(again.output.hasPrefix("7 rows: 0 added, 4 already there, 3 refused"), "\(again)")
    }

    @Test("loses no complaint to another one of its external_id; the same row once more is the same case")
    func twoComplaints() throws {
        try folder.write("id,a,o\n1,It leaks,Kim\n1,It leaks,Kim\n1,It broke,Kim\n1,It leaks,Lou\n", to: "rows.csv")
        let line = [
            "--map", "complaint=a", "--map", "external_id=id", "--map", "owner=o", "--set", "customer.name=x",
        ]
        for batch in ["1", "500"] {
            let there = try Binary.run(["import", "rows.csv", "--dry-run", "--batch-size", batch] + line, in: folder)
            #expect(there.output.hasPrefix("4 rows: 1 would be added, 1 already there, 2 refused, in "), "\(there)")
        }
        let first = try Binary.run(["import", "rows.csv"] + line, in: folder)
        #expect(first.exitCode == 65)
        #expect(first.output.hasPrefix("4 rows: 1 added, 1 already there, 2 refused, in "))
        let reason = "external_id: is that of line 2, which says something else. (conflicting_fields)"
        let rejects = try folder.read("rows.rejects.csv")
        #expect(rejects.contains("1,It broke,Kim,4,\"\(reason)\""), "\(rejects)")
        #expect(rejects.contains("1,It leaks,Lou,5,"))

        // Of the next run the first row is on record, and so is its complaint.
        try folder.write("id,a,o\n1,It leaks,Mo\n", to: "edited.csv")
        let edited = try Binary.run(["import", "edited.csv"] + line, in: folder)
        #expect(edited.exitCode == 0 && edited.output.hasPrefix("1 rows: 0 added, 1 already there, 0 refused, in "))
        try folder.write("id,a,o\n1,It broke,Kim\n", to: "other.csv")
        for words in [["--dry-run", "--rejects", "r.csv"], []] {
            let other = try Binary.run(["import", "other.csv"] + words + line, in: folder)
            #expect(other.exitCode == 65 && other.output.contains("0 already there, 1 refused, in "))
        }
        #expect(try folder.read("r.csv").contains("is that of case 1, whose complaint is another."))
        #expect(try database.cases().map(\.record.complaint) == ["It leaks"])
    }

    @Test("takes no complaint for today's because a date is missing, unless it is told to; rows can be left out")
    func blankDate() throws {
        try folder.write("id,a,d\n1,x,2020-01-01T00:00:00Z\n2,y,\n", to: "rows.csv")
        let line = [
            "import", "rows.csv", "--map", "complaint=a", "--map", "external_id=id", "--map", "received_at=d", "--set",
            "customer.name=x",
        ]
        let refused = try Binary.run(line, in: folder)
        #expect(refused.exitCode == 65)
        #expect(try folder.read("rows.rejects.csv").contains("received_at: is blank; --blank received_at=now"))
        let skipped = try Binary.run(line + ["--blank", "received_at=skip"], in: folder)
        #expect(skipped.exitCode == 0)
        #expect(skipped.output.hasPrefix("2 rows: 0 added, 1 already there, 0 refused, 1 skipped, in "), "\(skipped)")
        let taken = try Binary.run(line + ["--blank", "received_at=now"], in: folder)
        #expect(taken.exitCode == 0 && taken.output.hasPrefix("2 rows: 1 added, 1 already there, 0 refused, in "))
        let set = try Binary.run(line + ["--set", "received_at=2020-01-01T00:00:00Z"], in: folder)
        #expect(set.exitCode == 0 && set.output.hasPrefix("2 rows: 0 added, 2 already there, 0 refused, in "))
    }

    struct BadFile: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let content: [UInt8]
        let message: String

        init(_ description: String, _ content: [UInt8], _ message: String) {
            testDescription = description
            self.content = content
            self.message = message
        }
    }

    static let badFiles = [
        BadFile("an empty file", [], "it is empty: its first line must name the columns"),
        BadFile("without a mapped column", Array("id,text\n1,x\n".utf8), "it has no column 'a'; it has 'id', 'text'"),
        BadFile("with a column twice", Array("a,a\nx,y\n".utf8), "it has more than one column 'a'"),
        BadFile("in Latin-1", Array("a\nx\n".utf8) + [0x63, 0xE9, 0x0A], "line 3 is not UTF-8"),
        BadFile("in UTF-16", [0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00], "line 1 is not UTF-8"),
        BadFile("with an open quote", Array("a\nx\n\"y\nz\n".utf8), "the quote opened on line 3 is never closed"),
    ]

    @Test("refuses a whole file, and changes nothing,", arguments: badFiles)
    func badFile(file: BadFile) throws {
        try folder.write(file.content, to: "bad.csv")
        let result = try Binary.run(
            ["import", "bad.csv", "--map", "complaint=a", "--set", "customer.name=x"], in: folder)
        #expect(result.exitCode == 65)
        #expect(result.errors.hasPrefix("casekeeper: bad.csv: \(file.message)"), "\(result.errors)")
        #expect(!folder.has("casekeeper.db"))
    }

    static let mistakes: [(arguments: [String], exitCode: Int32)] = [
        ([], 64), (["x.csv"], 64), (["x.csv"] + minimal, 66), (["x.csv", "--due-in", "P1M"] + minimal, 64),
        (["x.csv", "--date-format", "yy"] + minimal, 64), (["x.csv", "--time-zone", "Mars/X"] + minimal, 64),
        (["x.csv", "--batch-size", "0"] + minimal, 64), (["x.csv", "--rejects", "x.csv"] + minimal, 64),
        (["x.csv", "--colour"] + minimal, 64), (["/"] + minimal, 66),
    ]
    static let minimal = ["--set", "complaint=a", "--set", "customer.name=x"]

    @Test("says what is wrong with the command line", arguments: mistakes)
    func usage(arguments: [String], exitCode: Int32) throws {
        let result = try Binary.run(["import"] + arguments, in: folder)
        #expect(result.exitCode == exitCode, "\(result.errors)")
        #expect(!result.errors.isEmpty)
    }

    static let constants: [(arguments: [String], words: String)] = [
        (["--set", "severity=sever"], "--set severity=sever: 'sever' is not one of low, "),
        (
            ["--map", "channel=b", "--value-map", "channel:Web=wev"],
            "--value-map channel:Web=wev: 'wev' is not one of "
        ),
        (["--set", "received_at=yesterday"], "--set received_at=yesterday: 'yesterday' is no date"),
        (["--set", "promise.kind=vow"], "--set promise.kind=vow: 'vow' is not one of "),
        (["--set", "estimate.to=soon", "--set", "estimate.from=P1D"], "--set estimate.to=soon: "),
        (["--set", "owner=\(String(repeating: "x", count: 201))"], "--set owner=x"),
    ]

    @Test("refuses a value of the command line that can't be right before the first row (64)", arguments: constants)
    func constant(arguments: [String], words: String) throws {
        try folder.write("a,b\nx,Web\n", to: "rows.csv")
        let line = ["import", "rows.csv", "--map", "complaint=a", "--set", "customer.name=x"]
        let result = try Binary.run(line + arguments, in: folder)
        #expect(result.exitCode == 64 && result.errors.contains(words), "\(result)")
        #expect(!folder.has("casekeeper.db") && !folder.has("rows.rejects.csv"))
    }

    @Test("says which refused rows are of an earlier import, and gives rows that are refused again no columns twice")
    func earlierRejects() throws {
        let line = [
            "--map", "complaint=a", "--map", "external_id=id", "--set", "customer.name=x", "--set",
            "received_at=2026-01-01T00:00:00Z",
        ]
        try folder.write("id,a\n1,x\n2,\n", to: "rows.csv")
        #expect(try Binary.run(["import", "rows.csv"] + line, in: folder).exitCode == 65)
        let again = try Binary.run(["import", "rows.rejects.csv"] + line, in: folder)
        #expect(again.exitCode == 65, "\(again)")
        #expect(
            try folder.read("rows.rejects.rejects.csv")
                == folder.read("rows.rejects.csv").replacing("2,,3,", with: "2,,2,"))
        try folder.write("id,a\n1,x\n2,y\n", to: "rows.csv")
        let corrected = try Binary.run(["import", "rows.csv"] + line, in: folder)
        #expect(corrected.exitCode == 0)
        #expect(
            corrected.errors == "casekeeper: rows.rejects.csv is of an earlier import: of this one no row was refused\n"
        )
    }

    @Test("stops at ctrl-C after a whole batch, and the same line goes on from there")
    func interruption() throws {
        let rows = 30_000
        let lines = (1...rows).map { "\($0),complaint \($0)\n" }.joined()
        try folder.write("id,text\n" + lines, to: "many.csv")
        let line = [
            "import", "many.csv", "--map", "external_id=id", "--map", "complaint=text", "--set", "customer.name=x",
            "--batch-size", "50",
        ]
        #expect(try Binary.run(["migrate"], in: folder).exitCode == 0)
        let process = try Binary.start(line, in: folder)
        // The database is opened once ctrl-C is looked out for.
        #expect(eventually { folder.has("casekeeper.db-wal") })
        usleep(100_000)
        process.signal(SIGINT)
        let result = try process.wait()
        #expect(result.exitCode == 130, "\(result.output)\(result.errors)")
        #expect(result.errors.contains("interrupted; the same line again goes on where it stopped"))
        let added = try #require(Int(result.output.prefix { $0.isNumber }))
        #expect(added < rows)
        #expect(added % 50 == 0)
        let cases = try database.read { try $0.logHead()?.id ?? 0 }
        #expect(cases == Int64(added) * 2, "a case has two entries: opened and promised")
    }
}
