import Complaints

extension JSONWriter {
    /// An entry of a case's log, its facts and texts as members; `file` when it was just written, and made a promise.
    mutating func write(_ entry: LogEntry, by file: CaseFile? = nil, at now: Instant? = nil) {
        object { json in
            json.member("case_id", entry.caseID)
            json.member("seq", entry.seq)
            json.member("kind", entry.kind)
            json.member("at", entry.at)
            json.member("recorded_at", entry.recordedAt)
            json.member("actor", entry.actor)
            json.member("token", entry.tokenName)
            json.member("promise_id", entry.promiseID)
            json.member("imported", entry.imported)
            json.write(entry.facts + entry.texts)
            if let file, let now, let id = entry.promiseID, let advice = file.advice[id], let made = file.promise(id) {
                json.member("promise", { $0.write(made, of: file.record.summary, at: now, advice) })
            }
        }
    }

    /// As members of the object that is being written.
    fileprivate mutating func write(_ facts: [Fact]) {
        for fact in facts {
            switch fact.value {
            case .text(let text): member(named: fact.name, text)
            case .texts(let texts): member(named: fact.name, texts)
            case .integer(let integer): member(named: fact.name, integer)
            case .boolean(let flag): member(named: fact.name, flag)
            case .instant(let instant): member(named: fact.name, instant.rfc3339)
            }
        }
    }
}

extension ListForm<LogEntry> {
    static let log = ListForm(
        json: { json, entry, _ in json.write(entry) },
        columns: [
            CSVColumn("case_id") { .integer($0.caseID) },
            CSVColumn("seq") { .integer($0.seq) },
            CSVColumn("kind") { .word($0.kind) },
            CSVColumn("at") { .instant($0.at) },
            CSVColumn("recorded_at") { .instant($0.recordedAt) },
            CSVColumn("actor") { .text($0.actor) },
            CSVColumn("token") { .text($0.tokenName) },
            CSVColumn("promise_id") { .integer($0.promiseID) },
            CSVColumn("imported") { .flag($0.imported) },
            CSVColumn("details") { entry in
                let facts = entry.facts + entry.texts
                return .plain(String(decoding: JSONWriter.object { $0.write(facts) }, as: UTF8.self))
            },
        ])
}
