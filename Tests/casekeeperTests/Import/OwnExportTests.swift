import CaseStore
import Complaints
import Foundation
import TestSupport
import Testing

@testable import casekeeper

@Suite("An export of Casekeeper, imported again")
struct OwnExportTests {
    let folder = try! TemporaryFolder()

    /// Texts with what CSV, spreadsheets and lists in cells trip over.
    private static let texts = [
        "It leaks.", "=1+1", "'=1", "''", "+46 8 123 45", "-", "@x", "\tTab", "a, b; c", "x; y", "\"quoted\"", "a\"b",
        "line\r\nbreak",
        "\nfirst", " spaces ", "商品が壊れ", "السَّلام", "मिला", "👩‍👩‍👧", "＝1", "sep=;", "e\u{301}", "\u{212A}elvin", "000777",
    ]

    /// A desk of cases in which every field has a value somewhere, and every other has none.
    private func makeDesk(seed: UInt64, cases count: Int) throws -> CaseStore {
        var random = SplitMix(seed: seed)
        let store = try CaseStore(path: folder.path("casekeeper.db"))
        let agent = Actor(name: "kim", role: .manager)
        func text(_ rule: TextRule) -> String? {
            let text = Self.texts.randomElement(using: &random).flatMap { try? rule.checked($0) }
            return text ?? "Sample"
        }
        func filled<Record: EditedRecord>(_ record: Record, _ number: Int) -> Record {
            Edit { field in
                if field.isOptional, Bool.random(using: &random) { return nil }
                switch field.type {
                // Nobody supervises themselves.
                case .text where field.name == "supervisor": return .some(.text("Boss \(number)"))
                // Nobody puts a regime's deadline off.
                case .instant where field.name == "hard_deadline":
                    return .some(.instant(StoreOptions.systemClock() + .days(Int64.random(in: 1...9, using: &random))))
                case .text(let rule) where rule.isLanguage || rule.isRegime: return .some(field.type.sample(number))
                case .text(let rule):
                    let isKey = field.name == "external_id"
                    return .some(.text(isKey ? "\(text(rule) ?? "") \(number)" : text(rule) ?? ""))
                case .texts(let rule, _):
                    let texts = (0..<Int.random(in: 0...4, using: &random)).compactMap { _ in text(rule) }
                    return .some(.texts(FieldType.distinct(texts)))
                case let type: return .some(type.sample(Int.random(in: 1...2, using: &random)))
                }
            }.applied(to: record)
        }
        for number in 0..<count {
            let customer: CustomerRequest =
                number > 3 && Bool.random(using: &random)
                ? .known(id: Int64.random(in: 1...2, using: &random))
                : .new(filled(CustomerFields(name: "Ann"), number))
            let request = CaseRequest(
                fields: filled(CaseFields(), number), complaint: text(.complaint) ?? "", customer: customer,
                promise: PromiseRequest(
                    kind: .allCases.randomElement(using: &random) ?? .other, what: text(.narrative) ?? "",
                    due: .after(.days(Int64.random(in: 1...9, using: &random))), owner: text(.name),
                    channel: .phone, nextStep: text(.narrative)))
            let opened = try store.write { try $0.openCase(Incoming(request), by: agent).file }
            let file = try store.write { transaction in
                guard Bool.random(using: &random) else { return opened }
                let next = PromiseRequest(kind: .answer, what: text(.narrative) ?? "", due: .after(.days(2)))
                let keep = SettleAndContinue(KeepRequest(evidence: text(.narrative)), then: .promise(next))
                let id = opened.promises[0].id
                return try transaction.perform(.keep(promise: id, Incoming(keep)), on: opened, by: agent).file
            }
            guard Bool.random(using: &random) else { continue }
            try end(file, in: store, by: agent, &random)
        }
        return store
    }

    /// Ends a case in one of the ways that there are: with or without a word on what was found, followed up or not, closed, or as
    /// a duplicate of another one.
    private func end(
        _ file: CaseFile, in store: CaseStore, by agent: Actor, _ random: inout SplitMix
    ) throws {
        func perform(_ command: CaseCommand, on file: CaseFile) throws -> CaseFile {
            try store.write { try $0.perform(command, on: file, by: agent).file }
        }
        let id = file.record.id
        let other = try store.write { transaction in
            for id in 1..<id {
                guard let other = try transaction.record.caseFile(id), other.record.status == .open,
                    other.record.customer.id == file.record.customer.id
                else { continue }
                return other as CaseFile?
            }
            return nil
        }
        if let other, Int.random(in: 0..<3, using: &random) == 0 {
            let command = DuplicateCommand(
                case: id, Incoming(DuplicateRequest(caseID: other.record.id, reason: "They called again")))
            return try store.write { transaction in
                let subject = try #require(try transaction.subject(of: command))
                _ = try transaction.perform(command, on: subject, by: agent)
            }
        }
        let settle = file.promises.filter(\.isUnsettled).map { promise in
            let withdraw = WithdrawRequest(reason: "Gone", release: .without(.impossible))
            let isWithdrawn = Int.random(in: 0..<4, using: &random) == 0
            return SettleRequest(
                promiseID: promise.id, action: isWithdrawn ? .withdraw(withdraw) : .keep(KeepRequest(evidence: "Done")))
        }
        var resolve = ResolveRequest(
            summary: "Done", customerAccepted: Bool.random(using: &random), settle: settle,
            followUp: Bool.random(using: &random) ? PromiseRequest(what: "Ask again", due: .after(.days(3))) : nil)
        resolve.outcome = Bool.random(using: &random) ? .allCases.randomElement(using: &random) : nil
        if Bool.random(using: &random) {
            resolve.redress = Money(amount: .random(in: 0...9, using: &random), currency: .usDollar)
        }
        if Bool.random(using: &random) { resolve.finalResponse = FinalResponseRequest(channel: .letter) }
        var ended = try perform(.resolve(case: id, Incoming(resolve)), on: file)
        guard Bool.random(using: &random) else { return }
        for promise in ended.promises where promise.isUnsettled {
            let keep = SettleAndContinue(KeepRequest(evidence: "Asked"), then: .none)
            ended = try perform(.keep(promise: promise.id, Incoming(keep)), on: ended)
        }
        if Bool.random(using: &random) { _ = try perform(.close(case: id, Incoming(nil)), on: ended) }
    }

    private func export(_ list: String, from name: String, to file: String) throws {
        let result = try Binary.run(["export", list, "--database", name], in: folder)
        #expect(result.exitCode == 0, "\(result.errors)")
        try folder.write(result.output, to: file)
    }

    /// The rows of an export, without the columns that do not come back.
    private func rows(_ list: String, of name: String, but lost: some Sequence<String>) throws -> [[String: String]] {
        try export(list, from: name, to: "rows.csv")
        var reader = try CSVReader(path: folder.path("rows.csv"))
        let header = try #require(try reader.next()?.fields)
        #expect(Set(lost).isSubset(of: header), "what is no column any more is not said to be lost")
        var rows: [[String: String]] = []
        while let row = try reader.next()?.fields {
            rows.append(
                Dictionary(uniqueKeysWithValues: zip(header, row)).filter { column, _ in !lost.contains(column) })
        }
        return rows
    }

    private func cases(_ name: String) throws -> [CaseFile] {
        try Database(path: folder.path(name)).cases().sorted { $0.record.id < $1.record.id }
    }

    /// What an import knows of a promise.
    private static func known(_ promise: Promise) -> [ExactText] {
        [
            promise.kind.rawValue, promise.what, promise.owner, promise.channel?.rawValue, promise.nextStep,
            promise.dueAt.rfc3339, promise.keptAt?.rfc3339, promise.settlement?.evidence,
            promise.isUnsettled && promise.told == nil ? "untold" : nil, promise.clock?.name,
        ].map { ExactText($0 ?? "\0none") }
    }

    @Test(
        "comes back the same: all fields of cases and customers, and the promises that import knows",
        arguments: [1, 2, 3])
    func roundTrip(seed: UInt64) throws {
        _ = try makeDesk(seed: seed, cases: 60)
        try export("cases", from: "casekeeper.db", to: "cases.csv")
        try export("promises", from: "casekeeper.db", to: "promises.csv")
        let line = [
            "import", "cases.csv", "--from", "casekeeper", "--promises", "promises.csv", "--database", "new.db",
        ]
        let dry = try Binary.run(line + ["--dry-run"], in: folder)
        #expect(
            dry.exitCode == 0 && dry.output.hasPrefix("60 rows: 60 would be added, 0 already there, 0 refused, in "))
        let first = try Binary.run(line, in: folder)
        #expect(first.exitCode == 0, "\(first.output)\(first.errors)")
        #expect(first.output.hasPrefix("60 rows: 60 added, 0 already there, 0 refused, in "))
        let (before, after) = (try cases("casekeeper.db"), try cases("new.db"))
        try #require(before.count == after.count)
        for (old, new) in zip(before, after) {
            for field in CaseFields.editedFields {
                #expect(field.value(old.record.fields) == field.value(new.record.fields), "\(field.name)")
            }
            for field in CustomerFields.editedFields {
                #expect(
                    field.value(old.record.customer.fields) == field.value(new.record.customer.fields), "\(field.name)")
            }
            #expect(old.record.complaint.isExactly(new.record.complaint))
            #expect(old.record.receivedAt == new.record.receivedAt)
            let states: Set<PromiseState> = [.open, .overdue, .kept, .keptLate]
            let now = StoreOptions.systemClock()
            let kept = old.promises.filter { $0.isToCustomer && states.contains($0.state(at: now)) }
            #expect(Set(kept.map(Self.known)) == Set(new.promises.map(Self.known)))
            #expect(old.record.status == new.record.status)
            #expect(old.record.resolvedAt == new.record.resolvedAt && old.record.closedAt == new.record.closedAt)
            #expect(old.record.customerAccepted == new.record.customerAccepted)
            #expect(old.record.ending == new.record.ending)
        }
        for status in CaseStatus.allCases { #expect(before.contains { $0.record.status == status }) }
        #expect(before.contains { $0.record.duplicateOf != nil })
        let people = { (files: [CaseFile]) in
            Dictionary(grouping: files.indices, by: { files[$0].record.customer.id }).values.map { $0.sorted() }
                .sorted { $0[0] < $1[0] }
        }
        #expect(people(before) == people(after), "cases of one customer are those of one again")
        for again in [line, ["import", "cases.csv", "--from", "casekeeper"], line + ["--update"]] {
            let result = try Binary.run(again, in: folder)
            #expect(result.output.hasPrefix("60 rows: 0 added, 60 already there, 0 refused, in "), "\(result)")
        }
        #expect(try Binary.run(["verify", "--database", "new.db"], in: folder).exitCode == 0)
        let alone = try Binary.run(
            ["import", "cases.csv", "--from", "casekeeper", "--database", "alone.db"], in: folder)
        #expect(alone.output.hasPrefix("60 rows: 60 added, "), "\(alone)")
        #expect(try cases("alone.db").map(\.record.status) == before.map(\.record.status))
        #expect(try cases("alone.db").map(\.record.ending) == before.map(\.record.ending))
        #expect(try Binary.run(["verify", "--database", "alone.db"], in: folder).exitCode == 0)
    }

    @Test("comes back in every column of both lists, but for those that importing.md says are lost", arguments: [6, 7])
    func everyColumn(seed: UInt64) throws {
        _ = try makeDesk(seed: seed, cases: 60)
        try export("cases", from: "casekeeper.db", to: "cases.csv")
        try export("promises", from: "casekeeper.db", to: "promises.csv")
        let result = try Binary.run(
            ["import", "cases.csv", "--from", "casekeeper", "--promises", "promises.csv", "--database", "new.db"],
            in: folder)
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        let text = try #require(try MarkdownFile.at("docs/importing.md").section("### What does not come back"))
        func lost(_ list: String) throws -> Set<String> {
            let row = text.split(separator: "\n").filter { $0.hasPrefix("| \(list) |") }
            return Set(row.flatMap { $0.matches(of: /`([a-z_]+)`/).map { String($0.1) } })
        }
        for list in ["cases", "promises"] {
            let lost = try lost(list)
            var before = try rows(list, of: "casekeeper.db", but: lost)
            var after = try rows(list, of: "new.db", but: lost)
            if list == "promises" {
                let known = ["open", "overdue", "kept", "kept_late"]
                before = before.filter {
                    $0["to"] == "customer" && $0["by"] == "desk" && known.contains($0["state"] ?? "")
                }
                // Those of a case have their order by what they are due.
                let order = { (row: [String: String]) in row.sorted { $0.key < $1.key }.map { "\($0)" }.joined() }
                (before, after) = (before.sorted { order($0) < order($1) }, after.sorted { order($0) < order($1) })
            }
            try #require(before.count == after.count)
            for (old, new) in zip(before, after) {
                for (column, cell) in old {
                    #expect(new[column].isExactly(cell), "\(list): \(column)")
                }
            }
        }
    }

    @Test("of which the cells of an end contradict each other is refused, with all of it at once")
    func wrongEnds() throws {
        _ = try makeDesk(seed: 8, cases: 1)
        try export("cases", from: "casekeeper.db", to: "cases.csv")
        var reader = try CSVReader(path: folder.path("cases.csv"))
        let header = try #require(try reader.next()?.fields)
        let first = try #require(try reader.next()?.fields)
        let late = "2020-01-01T00:00:00Z"
        let end = [
            "resolved_at", "closed_at", "customer_accepted", "outcome", "redress_amount", "redress_currency",
            "final_response_sent_at", "final_response_channel", "duplicate_of",
        ]
        let wrong: [([String: String], String)] = [
            (["outcome": "upheld"], "resolved_at: is blank, and the row has outcome: when was it resolved?"),
            (
                ["resolved_at": late, "closed_at": "x"],
                "closed_at: 'x' is no date."
            ),
            (["resolved_at": late], "resolved_at: must not lie before received_at"),
            (
                ["resolved_at": "2999-01-01T00:00:00Z", "outcome": "won", "customer_accepted": "yes"],
                "outcome: 'won' is not one of upheld"
            ),
            (["resolved_at": "2999-01-01T00:00:00Z"], "resolved_at: must not lie after now"),
            (["resolved_at": late, "redress_amount": "1"], "redress_currency: is blank, and redress_amount is not."),
            (["resolved_at": late, "final_response_channel": "letter"], "final_response_sent_at: is blank, and "),
            (["resolved_at": late, "redress_amount": "-1", "redress_currency": "EUR"], "redress_amount: '-1' is no "),
            (["resolved_at": late, "duplicate_of": "x"], "duplicate_of: 'x' is no id of a case."),
        ]
        for (cells, reason) in wrong {
            let row = zip(header, first).map { column, cell in
                cells[column] ?? (end.contains(column) ? "" : cell)
            }
            let text = [header, row].map { $0.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") }
            try folder.write(text.joined(separator: "\n") + "\n", to: "wrong.csv")
            let line = ["import", "wrong.csv", "--from", "casekeeper", "--database", "new.db", "--rejects", "r.csv"]
            #expect(try Binary.run(line, in: folder).exitCode == 65)
            #expect(try folder.read("r.csv").contains(reason), "\(reason)")
        }
    }

    @Test("brings what was overdue in a duplicate, and went on elsewhere, back as overdue there")
    func overdueElsewhere() throws {
        try folder.write(
            """
            id,text,key,who,due
            1,It leaks,C-1,Ann,2026-01-02T00:00:00Z
            2,It leaks still,C-1,Ann,2026-01-05T00:00:00Z

            """, to: "a.csv")
        let line = [
            "import", "a.csv", "--map", "external_id=id", "--map", "complaint=text", "--map",
            "customer.external_id=key", "--map", "customer.name=who", "--map", "promise.due_at=due", "--set",
            "received_at=2026-01-01T00:00:00Z", "--set", "promise.what=Call", "--set", "owner=Kim",
        ]
        #expect(try Binary.run(line, in: folder).exitCode == 0)
        let store = try CaseStore(path: folder.path("casekeeper.db"))
        try store.write { transaction in
            let command = DuplicateCommand(case: 1, Incoming(DuplicateRequest(caseID: 2, reason: "They called again")))
            let subject = try #require(try transaction.subject(of: command))
            _ = try transaction.perform(command, on: subject, by: Actor(name: "kim", role: .manager))
        }
        try export("cases", from: "casekeeper.db", to: "cases.csv")
        try export("promises", from: "casekeeper.db", to: "promises.csv")
        let result = try Binary.run(
            ["import", "cases.csv", "--from", "casekeeper", "--promises", "promises.csv", "--database", "new.db"],
            in: folder)
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        let now = StoreOptions.systemClock()
        let overdue = try cases("new.db").map { file in
            file.promises.filter { $0.state(at: now) == .overdue }.map(\.dueAt.rfc3339).sorted()
        }
        #expect(overdue == [[], ["2026-01-02T00:00:00Z", "2026-01-05T00:00:00Z"]])
        #expect(try cases("new.db").map(\.record.status) == [.resolved, .open])
        #expect(try Binary.run(["verify", "--database", "new.db"], in: folder).exitCode == 0)
    }

    @Test("has a column for every field that import knows, so that the next one is not forgotten")
    func columns() throws {
        _ = try makeDesk(seed: 4, cases: 1)
        for list in ["cases", "promises"] {
            try export(list, from: "casekeeper.db", to: "list.csv")
            var reader = try CSVReader(path: folder.path("list.csv"))
            let header = try #require(try reader.next()?.fields)
            // How long a promise takes has no column, as it is due at an instant; nor has what is to be done with a customer.
            let wanted = ImportField.all.filter { field in
                field != .promiseDueIn && field != .promiseDueInBusiness && field != .customerUpdate
                    && field.name.hasPrefix("promise.") == (list == "promises")
            }
            let found =
                list == "cases"
                ? Set(OwnExport.columns(in: header).keys) : Set(OwnExport.promiseColumns(in: header).keys)
            #expect(found == Set(wanted), "\(Set(wanted).subtracting(found).map(\.name))")
        }
    }

    @Test("of which a cell was edited changes that, in the log, and nothing else; a blank cell changes nothing")
    func update() throws {
        try folder.write(
            "id,text,who,phone,owner,tags,sev\n1,It leaks,Ann,+46 8 1,Kim,a,low\n2,It broke,Bo,,,,\n", to: "a.csv")
        let line = [
            "import", "a.csv", "--map", "external_id=id", "--map", "complaint=text", "--map", "customer.name=who",
            "--map",
            "customer.phone=phone", "--map", "owner=owner", "--map", "tags=tags", "--map", "severity=sev", "--set",
            "received_at=2026-01-01T00:00:00Z", "--set", "severity=high",
        ]
        #expect(try Binary.run(line, in: folder).exitCode == 0)
        try folder.write(
            "id,text,who,phone,owner,tags,sev\n1,It leaks,Ann,+46 8 2,Lou,,\n2,It broke,Bo,,,,\n3,New,Cy,,,,\n4,x\n",
            to: "a.csv")
        let dry = try Binary.run(line + ["--update", "--dry-run"], in: folder)
        #expect(dry.output.contains("1 would be added, 1 already there, 1 refused, 1 would be changed, in "), "\(dry)")
        #expect(dry.output.contains("line 2 would change what is there:\n  owner: Lou (was Kim)\n"))
        let without = try Binary.run(line + ["--dry-run"], in: folder)
        #expect(without.output.contains("1 would be added, 2 already there, 1 refused, in "))
        let result = try Binary.run(line + ["--update"], in: folder)
        #expect(result.output.contains("4 rows: 1 added, 1 already there, 1 refused, 1 changed, in "), "\(result)")
        let changed = try cases("casekeeper.db")[0].record
        #expect(changed.fields.owner == "Lou" && changed.customer.fields.phone == "+46 8 2")
        #expect(changed.fields.tags == ["a"] && changed.fields.severity == .low, "a blank cell says nothing")
        let kinds = try Database(path: folder.path("casekeeper.db")).read {
            try $0.log(ofCase: 1, PageRequest(limit: 20)).items.map(\.kind)
        }
        #expect(kinds.contains(.caseUpdated))
        let again = try Binary.run(line + ["--update"], in: folder)
        #expect(again.output.contains("4 rows: 0 added, 3 already there, 1 refused, in "))
        #expect(try Binary.run(["verify"], in: folder).exitCode == 0)
    }

    private static let keyed = [
        "import", "a.csv", "--map", "external_id=id", "--map", "complaint=text", "--map", "customer.external_id=key",
        "--map",
        "customer.name=who", "--map", "customer.phone=phone", "--set", "received_at=2026-01-01T00:00:00Z",
    ]

    @Test(
        "whose customer is on record, and is another there, is refused, before as well, or changes them with --update")
    func customers() throws {
        let header = "id,text,key,who,phone\n"
        try folder.write(header + "1,It leaks,C-1,Ann,+46 8 1\n", to: "a.csv")
        #expect(try Binary.run(Self.keyed, in: folder).exitCode == 0)
        try folder.write(header + "2,It broke,C-1,Ann,+46 8 2\n", to: "a.csv")
        for more in [["--dry-run"], []] {
            let result = try Binary.run(Self.keyed + more + ["--rejects", "r.csv"], in: folder)
            #expect(result.exitCode == 65 && result.output.contains("0 already there, 1 refused"), "\(result)")
            #expect(
                try folder.read("r.csv").contains(
                    "customer.phone: is another than that of the customer with this customer.external_id, '+46 8 1': --update or "
                ))
        }
        let kept = Self.keyed + ["--update", "--set", "customer.update=false"]
        #expect(try Binary.run(kept + ["--dry-run"], in: folder).exitCode == 65)
        let line = Self.keyed + ["--update", "--set", "customer.language=sv"]
        #expect(try Binary.run(line + ["--dry-run"], in: folder).output.hasPrefix("1 rows: 1 would be added"))
        #expect(try Binary.run(line, in: folder).output.hasPrefix("1 rows: 1 added"))
        let fields = try cases("casekeeper.db").map(\.record.customer.fields)
        #expect(fields.map(\.phone) == ["+46 8 2", "+46 8 2"] && fields[0].language == nil)
        #expect(try Binary.run(["verify"], in: folder).exitCode == 0)
    }

    @Test("whose customer was merged here is of them, and changes who they turned out to be")
    func merged() throws {
        let header = "id,text,key,who,phone\n"
        try folder.write(header + "1,It leaks,C-1,Ann,+46 8 1\n2,It broke,C-2,Ann Lee,+46 8 2\n", to: "a.csv")
        #expect(try Binary.run(Self.keyed, in: folder).exitCode == 0)
        let store = try CaseStore(path: folder.path("casekeeper.db"))
        try store.write { transaction in
            let merge = CustomerCommand.merge(customer: 1, Incoming(MergeRequest(into: 2, reason: "One and the same")))
            let subject = try #require(try transaction.subject(of: merge))
            _ = try transaction.perform(merge, on: subject, by: Actor(name: "kim", role: .manager))
        }
        // As it was: each row says what is on record of whom it names.
        let update = Self.keyed + ["--update"]
        #expect(try Binary.run(update, in: folder).output.hasPrefix("2 rows: 0 added, 2 already there, 0 refused, in "))
        // Who was merged is changed elsewhere, and that ends no import.
        try folder.write(
            header + "1,It leaks,C-1,Ann,+46 8 3\n3,It smells,C-1,Ann,+46 8 3\n4,It hums,C-2,,\n", to: "a.csv")
        for more in [["--dry-run", "--rejects", "a.rejects.csv"], []] {
            let result = try Binary.run(update + more, in: folder)
            #expect(result.exitCode == 65 && result.output.contains("0 already there, 2 refused"), "\(result)")
            #expect(try folder.read("a.rejects.csv").contains("customer.external_id: can't be changed: "))
        }
        // An export shows who they turned out to be.
        try export("cases", from: "casekeeper.db", to: "cases.csv")
        let home = ["import", "cases.csv", "--from", "casekeeper", "--update"]
        #expect(try Binary.run(home, in: folder).output.hasPrefix("3 rows: 0 added, 3 already there, 0 refused, in "))
        try folder.write(try folder.read("cases.csv").replacing("+46 8 2", with: "+46 8 4"), to: "cases.csv")
        #expect(
            try Binary.run(home, in: folder).output.contains("3 rows: 0 added, 2 already there, 0 refused, 1 changed"))
        #expect(try cases("casekeeper.db").allSatisfy { $0.record.customer.fields.phone == "+46 8 4" })
        #expect(try Binary.run(["verify"], in: folder).exitCode == 0)
    }

    @Test(
        "changes nobody who was merged: what is known of them stays theirs, and what the file changes is written alone")
    func mergedAtHome() throws {
        let store = try CaseStore(path: folder.path("casekeeper.db"))
        let boss = Actor(name: "kim", role: .manager)
        let others = CustomerFields(name: "Bo").filled(2)
        for fields in [CustomerFields(name: "Ann", needs: ["loud"]), others] {
            let request = CaseRequest(complaint: "It leaks.", customer: .new(fields))
            _ = try store.write { try $0.openCase(Incoming(request), by: boss) }
        }
        func perform(_ command: CustomerCommand) throws {
            try store.write { transaction in
                let subject = try #require(try transaction.subject(of: command))
                _ = try transaction.perform(command, on: subject, by: boss)
            }
        }
        func own(_ id: Int64) throws -> CustomerFields {
            try #require(try store.makeReader().read { try $0.customer(id) }).fields
        }
        let before = try (own(1), own(2))
        try perform(.merge(customer: 2, Incoming(MergeRequest(into: 1, reason: "One and the same"))))
        try export("cases", from: "casekeeper.db", to: "cases.csv")
        let line = ["import", "cases.csv", "--from", "casekeeper", "--update"]
        for more in [["--dry-run"], []] {
            let result = try Binary.run(line + more, in: folder)
            #expect(result.output.contains(" 2 already there, 0 refused, in "), "\(result)")
        }
        #expect(try own(1) == before.0 && own(2) == before.1)
        // One field is another in the file: no other goes with it.
        let list = try folder.read("cases.csv")
        try folder.write(list.replacing(",Ann,", with: ",Ann Lee,"), to: "cases.csv")
        let changed = try Binary.run(line, in: folder)
        #expect(changed.output.contains(" 0 refused, 1 changed"), "\(changed)")
        var expected = before.0
        expected.name = "Ann Lee"
        #expect(try own(1) == expected && own(2) == before.1)
        let unmerge = CustomerCommand.unmerge(customer: 2, Incoming(UnmergeRequest(into: 1, reason: nil)))
        try perform(unmerge)
        #expect(try own(1) == expected && own(2) == before.1)
        #expect(try Binary.run(["verify"], in: folder).exitCode == 0)
    }

    @Test("brings a promise back that was kept in a duplicate, before the complaint of its case came in")
    func keptElsewhere() throws {
        let store = try CaseStore(path: folder.path("casekeeper.db"))
        let boss = Actor(name: "kim", role: .manager)
        let now = StoreOptions.systemClock()
        for (name, minutes) in [("old", Int64(60)), ("new", 10)] {
            let received = PastInstant(now + .minutes(-minutes))
            for number in 0...1 {
                let promise = PromiseRequest(what: "Call", due: .after(.days(1)))
                let request = CaseRequest(
                    complaint: name, customer: .keyed(externalID: "C\(number)", CustomerFields(name: "Ann")),
                    receivedAt: received, promise: promise)
                _ = try store.write { try $0.openCase(Incoming(request), by: boss) }
            }
        }
        for id: Int64 in [1, 2] {
            try store.write { transaction in
                let command = DuplicateCommand(case: id, Incoming(DuplicateRequest(caseID: id + 2, reason: "Again")))
                let subject = try #require(try transaction.subject(of: command))
                _ = try transaction.perform(command, on: subject, by: boss)
            }
        }
        try export("cases", from: "casekeeper.db", to: "cases.csv")
        try export("promises", from: "casekeeper.db", to: "promises.csv")
        // As it would be told had it been kept between the receipts of the two.
        var reader = try CSVReader(path: folder.path("promises.csv"))
        let header = try #require(try reader.next()?.fields)
        func place(_ name: String) throws -> Int { try #require(header.firstIndex(of: name)) }
        var rows = [header]
        while var row = try reader.next()?.fields {
            if try !row[place("transferred_from")].isEmpty {
                row[try place("state")] = "kept"
                row[try place("kept_at")] = (now + .minutes(-30)).rfc3339
                if try row[place("case_id")] == "3" { row[try place("due_at")] = (now + .minutes(-20)).rfc3339 }
            }
            rows.append(row)
        }
        let text = rows.map { $0.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") }
        try folder.write(text.joined(separator: "\n") + "\n", to: "promises.csv")
        let line = [
            "import", "cases.csv", "--from", "casekeeper", "--promises", "promises.csv", "--database", "new.db",
        ]
        for more in [[], ["--update"]] {
            let result = try Binary.run(line + more, in: folder)
            #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        }
        let kept = try cases("new.db").filter { $0.record.complaint == "new" }
        #expect(kept.count == 2)
        for file in kept {
            #expect(file.promises.allSatisfy { $0.keptAt == file.record.receivedAt || $0.isUnsettled })
            #expect(file.promises.allSatisfy { $0.state(at: now) != .keptLate }, "nothing is late that was not")
        }
        #expect(kept.flatMap(\.promises).contains { $0.keptAt != nil })
        #expect(try Binary.run(["verify", "--database", "new.db"], in: folder).exitCode == 0)
    }

    @Test("brings nobody back who was erased since, at home or where it was imported")
    func erased() throws {
        let store = try CaseStore(path: folder.path("casekeeper.db"))
        let agent = Actor(name: "kim", role: .admin)
        for name in ["Ann", "Bo"] {
            let request = CaseRequest(complaint: "\(name)'s kettle leaks.", customer: .new(CustomerFields(name: name)))
            try store.write { transaction in
                let file = try transaction.openCase(Incoming(request), by: agent).file
                let keep = SettleRequest(promiseID: file.promises[0].id, action: .keep(KeepRequest(evidence: "Done")))
                let resolve = ResolveRequest(summary: "Done", customerAccepted: true, settle: [keep])
                _ = try transaction.perform(.resolve(case: file.record.id, Incoming(resolve)), on: file, by: agent)
            }
        }
        try export("cases", from: "casekeeper.db", to: "cases.csv")
        let line = ["import", "cases.csv", "--from", "casekeeper"]
        #expect(try Binary.run(line + ["--database", "new.db"], in: folder).output.hasPrefix("2 rows: 2 added"))
        for name in ["casekeeper.db", "new.db"] {
            let store = name == "new.db" ? try CaseStore(path: folder.path(name)) : store
            try store.write { transaction in
                let erase = CustomerCommand.erase(customer: 1, because: Incoming("Their wish"))
                let subject = try #require(try transaction.subject(of: erase))
                _ = try transaction.perform(erase, on: subject, by: agent)
            }
            for more in [["--dry-run"], [], ["--update"]] {
                let again = try Binary.run(line + ["--database", name] + more, in: folder)
                #expect(again.output.contains(", 2 already there, 0 refused, in "), "\(name) \(again)")
            }
            #expect(try !cases(name).contains { $0.record.complaint.contains("Ann") })
        }
    }

    @Test("comes back to the desk that it is from as what is there, and with --update as it was edited")
    func home() throws {
        let store = try makeDesk(seed: 5, cases: 8)
        try export("cases", from: "casekeeper.db", to: "cases.csv")
        let line = ["import", "cases.csv", "--from", "casekeeper", "--update"]
        #expect(try Binary.run(line, in: folder).output.hasPrefix("8 rows: 0 added, 8 already there, 0 refused, in "))
        let edited = try store.write { transaction in
            let fields = CaseEdit { $0.name == "team" ? .some(.text("North")) : nil }
            let file = try #require(try transaction.record.caseFile(1))
            return try transaction.perform(
                .edit(case: 1, Incoming(fields)), on: file, by: Actor(name: "kim", role: .agent))
        }
        #expect(edited.file.record.fields.team == "North")
        let back = try Binary.run(line, in: folder)
        #expect(back.output.hasPrefix("8 rows: 0 added, "), "\(back)")
        for arguments in [
            ["import", "cases.csv", "--promises", "cases.csv"], ["import", "cases.csv"],
            ["import", "cases.csv", "--from", "casekeeper", "--date-format", "yyyy-MM-dd HH:mm:ss"],
        ] {
            #expect(try Binary.run(arguments, in: folder).exitCode == 64)
        }
        try export("promises", from: "casekeeper.db", to: "promises.csv")
        let wrong = try Binary.run(["import", "promises.csv", "--from", "casekeeper"], in: folder)
        #expect(wrong.exitCode == 65 && wrong.errors.contains("--promises promises.csv"))
        let other = try Binary.run(line + ["--promises", "cases.csv"], in: folder)
        #expect(other.exitCode == 65 && other.errors.contains("cases.csv: it is no export of promises"))
    }
}

/// Random numbers that are the same each time.
private struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
