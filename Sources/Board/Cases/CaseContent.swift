import CaseAPI
import Complaints
import HTTPTypes

/// What there is on the page of a case, from what the API says of it.
struct CaseContent {
    private let record: PageRecord
    private let id: String
    private let open: CasePage.OpenForm?
    private let asOf: Instant?
    private let clock: PageClock
    private let file: JSONValue
    private let entries: JSONValue

    /// How many entries of the log it shows: the latest.
    private static let entriesShown = 100

    /// - Throws: `PageProblem` where there is no such case.
    init(_ record: PageRecord, _ id: String, _ open: CasePage.OpenForm?, asOf: Instant?) throws {
        self.record = record
        self.id = id
        self.open = open
        self.asOf = asOf
        clock = PageClock(record)
        file = try record.get("/v1/cases/\(id)", [("include", "guidance"), ("as_of", asOf?.rfc3339)])
        entries = try record.get("/v1/cases/\(id)/log", [("limit", "500"), ("as_of", asOf?.rfc3339)])
        if let open, open.sent == nil, open.form.isOfPromise, self.promise(called: open.promise) == nil {
            throw PageProblem.invalidParameter("promise", "names one of this case's promises, by its id.")
        }
    }

    /// A promise of the case by its id, as an address has it.
    private func promise(called id: String?) -> JSONValue? {
        guard let id else { return nil }
        return file["promises"].items.first { $0["id"].integer.map(String.init)?.utf8.elementsEqual(id.utf8) ?? false }
    }

    private var isOpen: Bool { file["status"].text?.utf8.elementsEqual("open".utf8) ?? false }

    /// Whether whoever looks may do anything here.
    private var mayAct: Bool { asOf == nil && record.call.visitor.map { $0.role >= .agent } ?? false }

    /// Which state of it a form was made for; nil where there is no such thing. That it could not be read is an error: without a tag
    /// the form would be taken whatever has changed meanwhile.
    private func tag(_ path: String) throws -> String? {
        do {
            return try record.entityTag(path)
        } catch let problem as PageProblem where problem.status == .notFound {
            return nil
        }
    }

    /// For the template `case`.
    ///
    /// - Throws: errors of the store.
    func values() throws -> [String: Any] {
        let customer = file["customer"]
        let chains = CaseChains(file["promises"].items)
        var values: [String: Any] = [
            "title": Texts.customerCase(Int64(id) ?? 0), "subject": file["subject"].text ?? "",
            "customer": customer["name"].text ?? "", "complaintTitle": Texts.complaint,
            "complaint": file["complaint"].text ?? "",
            "facts": Texts.caseFacts.compactMap { name, label in
                file[name].text.map { ["label": label, "value": Texts.word($0)] }
            },
            "promisesTitle": Texts.promisesOfCase, "timeline": chains.timeline(now: clock.now).svg,
            "columns": Texts.promisedColumns, "promises": file["promises"].items.reversed().map(promise),
            "logTitle": Texts.log, "log": log,
            "none": Texts.none, "api": "/v1/cases/\(id)", "apiName": Texts.asJSON,
        ]
        if let received = clock.moment(file["received_at"]) { values["received"] = received }
        if let phone = customer["phone"].text { values["phone"] = ["number": phone, "link": Link.telephone(phone)] }
        if let email = customer["email"].text { values["email"] = email }
        if customer["vulnerable"].isTrue { values["vulnerable"] = Texts.vulnerable }
        if let done = record.call.head.parameter("done").flatMap(Texts.doneWithCase), open?.problem == nil {
            values["done"] = done
        }
        if !entries["next"].isNull || entries["items"].items.count > Self.entriesShown {
            values["older"] = Texts.moreOfLog
        }
        let guidance = try guidance()
        let forms: [ActionForm] = mayAct ? (isOpen ? [.note, .resolve] : [.note]) : []
        if !guidance.isEmpty || !forms.isEmpty {
            values["todo"] =
                [
                    "title": guidance.isEmpty ? Texts.actionsTitle : Texts.guidance, "guidance": guidance,
                    "actions": forms.map { form -> [String: Any] in
                        ["name": Texts.action(form.name), "link": link(to: form)]
                    },
                ] as [String: Any]
        }
        guard mayAct else { return values }
        if let open { values["form"] = try form(open) }
        return values
    }

    private func link(to form: ActionForm, promise: String? = nil) -> String {
        Link.to(CasePage.path(of: id), [("form", form.name), ("promise", promise)]) + "#form"
    }

    private func promise(_ promise: JSONValue) -> [String: Any] {
        let promiseID = String(promise["id"].integer ?? 0)
        let state = promise["state"].text ?? ""
        var values: [String: Any] = [
            "what": promise["what"].text ?? "", "state": Texts.state(state),
            "owner": promise["owner"].text ?? Texts.nobody,
            "due": clock.moment(promise["due_at"]) ?? [:], "made": clock.moment(promise["made_at"]) ?? [:],
            "slips": promise["slips"].integer ?? 0, "isOverdue": state.utf8.elementsEqual("overdue".utf8),
        ]
        if let step = promise["next_step"].text { values["step"] = step }
        guard mayAct, ["open", "overdue"].contains(state) else { return values }
        let renewal = state.utf8.elementsEqual("overdue".utf8) ? ActionForm.recover : .renegotiate
        values["ways"] = [ActionForm.keep, renewal, .reassign].map { form -> [String: Any] in
            ["name": Texts.action(form.name), "link": link(to: form, promise: promiseID)]
        }
        return values
    }

    private var log: [[String: Any]] {
        entries["items"].items.suffix(Self.entriesShown).reversed().map { entry in
            var values: [String: Any] = [
                "kind": Texts.word(entry["kind"].text ?? ""), "actor": entry["actor"].text ?? "",
                "at": clock.moment(entry["recorded_at"]) ?? [:],
            ]
            let texts = ["text", "what", "summary", "reason", "option", "owner", "mood"].compactMap { entry[$0].text }
            if !texts.isEmpty { values["text"] = texts.joined(separator: "\n") }
            return values
        }
    }
}

// MARK: - Forms
extension CaseContent {
    /// What to do next, the first of it as a form that is filled in, where whoever looks may do it.
    private func guidance() throws -> [[String: Any]] {
        let items = file["guidance"]["items"].items.filter { ["now", "next"].contains($0["state"].text ?? "") }
        return try items.enumerated().map { index, item in
            var values: [String: Any] = [
                "why": item["why"].text ?? "", "tactic": item["tactic"].text ?? "", "title": item["title"].text ?? "",
            ]
            if index == 0, mayAct, open == nil, let form = try form(advisedBy: item["call"]) {
                values["advised"] = form
            }
            return values
        }
    }

    /// What guidance leaves to be filled in, with what it knows.
    private func form(advisedBy call: JSONValue) throws -> [String: Any]? {
        guard let (form, target) = ActionForm.of(call["method"].text ?? "", call["path"].text ?? "") else { return nil }
        let known = call["body"].typed()
        let blanks = call["fill"].items.compactMap {
            $0.text.map { String($0.trimmingPrefix("#").trimmingPrefix("/")) }
        }
        let asked = blanks.filter { form.body[$0] != nil }
        let shown = FormView(
            body: form.body,
            asked: asked + known.keys.filter { !asked.contains($0) && !$0.isEmpty && $0 != "kind" }.sorted(),
            values: known, hidden: known["kind"].map { [(name: "kind", value: $0)] } ?? [], zone: clock.zone)
        return try sent(shown, form, promise: form.isOfPromise ? target : nil)
    }

    /// A form that is open, with what was typed of it and what is wrong with that.
    private func form(_ open: CasePage.OpenForm) throws -> [String: Any] {
        let typed = open.sent.map(FormView.typed) ?? [:]
        let others = typed.keys.filter { name in
            !open.form.asked.contains(name) && open.form.body[name] != nil
                && !open.form.fixed.contains { $0.name == name }
        }.sorted()
        let shown = FormView(
            body: open.form.body, asked: open.form.asked + others, values: typed, problem: open.problem,
            zone: clock.zone)
        var values = try sent(shown, open.form, promise: open.promise, key: open.sent?["key"])
        // What has been done, or seen to be otherwise, is a new attempt.
        if let problem = open.problem, problem.code.utf8.elementsEqual("stale".utf8) {
            values["changes"] = changes(since: open.sent?["seen"])
        }
        return values
    }

    private func sent(
        _ view: FormView, _ form: ActionForm, promise: String?, key: String? = nil
    ) throws -> [String: Any] {
        let seen = form.isOfPromise ? try promise.flatMap { try tag("/v1/promises/\($0)") } : try tag("/v1/cases/\(id)")
        let own: [(String, String?)] = [
            ("form_token", record.call.formToken), ("key", key ?? FormKey.make()), ("tag", seen),
            ("seen", record.asOf.rfc3339), ("promise", promise),
        ]
        var view = view
        view.hidden += own.compactMap { name, value in value.map { (name: name, value: $0) } }
        var values = view.content
        values["action"] = "\(CasePage.path(of: id))/\(form.name)"
        values["title"] = Texts.action(form.name)
        values["button"] = Texts.action(form.name)
        if form.isOfPromise, let about = self.promise(called: promise) {
            values["about"] =
                [
                    "what": about["what"].text ?? "", "dueLabel": Texts.dueBy,
                    "due": clock.moment(about["due_at"]) ?? [:],
                ] as [String: Any]
        }
        return values
    }

    /// What the case is otherwise than it was, field by field.
    private func changes(since seen: String?) -> [String: Any] {
        var rows: [[String: Any]] = []
        if let seen, let before = try? record.get("/v1/cases/\(id)", [("as_of", seen)]) {
            let now = (try? record.get("/v1/cases/\(id)")) ?? .null
            let (old, new) = (before.typed(), now.typed())
            for name in Set(old.keys).union(new.keys).sorted() where !Self.isCounted(name) {
                let (was, isNow) = (old[name] ?? "", new[name] ?? "")
                guard !was.utf8.elementsEqual(isNow.utf8) else { continue }
                let path = name.split(separator: "/").map(String.init)
                rows.append(["field": Texts.label(of: path), "before": was, "after": isNow])
            }
        }
        return [
            "title": Texts.changedMeanwhile, "rows": rows, "hasRows": !rows.isEmpty, "columns": Texts.changedColumns,
            "none": Texts.noDifference,
        ]
    }

    /// What follows from any change at all, and what a promise repeats of its case.
    private static func isCounted(_ name: String) -> Bool {
        let path = name.split(separator: "/")
        return path.dropFirst(2).first == "case" || ["version", "updated_at"].contains(path.last)
    }
}
