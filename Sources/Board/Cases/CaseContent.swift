import CaseAPI
import Complaints
import HTTPTypes

/// What there is on the page of a case, from what the API says of it.
struct CaseContent {
    let record: PageRecord
    let id: String
    let open: CasePage.OpenForm?
    let asOf: Instant?
    let clock: PageClock
    let file: JSONValue
    /// Which state of the case is shown.
    let caseTag: String?
    let advice: JSONValue
    private let entries: LatestEntries

    /// How many entries of the log it shows: the latest.
    private static let entriesShown = 100

    /// - Throws: `PageProblem` where there is no such case.
    init(_ record: PageRecord, _ id: String, _ open: CasePage.OpenForm?, asOf: Instant?) throws {
        self.record = record
        self.id = id
        self.open = open
        self.asOf = asOf
        clock = PageClock(record)
        (file, caseTag) = try record.read("/v1/cases/\(id)", [("as_of", asOf?.rfc3339)])
        advice = try record.get("/v1/cases/\(id)/guidance", [("as_of", asOf?.rfc3339)])
        entries = try LatestEntries(record, ofCase: id, asOf: asOf, Self.entriesShown)
        if let open, open.form.isOfPromise, self.promise(called: open.promise) == nil {
            throw PageProblem.foreignPromise
        }
    }

    /// A promise of the case by its id, as an address has it.
    func promise(called id: String?) -> JSONValue? {
        guard let id else { return nil }
        return file["promises"].items.first { $0["id"].integer.map(String.init)?.utf8.elementsEqual(id.utf8) ?? false }
    }

    /// Whether whoever looks may do anything here.
    var mayAct: Bool { asOf == nil && record.call.visitor.map { $0.role >= .agent } ?? false }

    /// Which state of it a form was made for; nil where there is no such thing. That it could not be read is an error: without a tag
    /// the form would be taken whatever has changed meanwhile.
    func tag(_ path: String) throws -> String? {
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
            "customer": [
                "name": customer["name"].text ?? "",
                "link": customer["id"].integer.map { clock.link(CustomerRecordPage.path(of: $0)) } ?? "",
            ],
            "complaintTitle": Texts.complaint,
            "complaint": file["complaint"].text ?? "",
            "facts": facts,
            "promisesTitle": Texts.promisesOfCase, "timeline": chains.timeline(clock).svg,
            "columns": Texts.promisedColumns, "promises": file["promises"].items.reversed().map(promise),
            "logTitle": Texts.log, "log": entries.items.reversed().map { EntryRow($0, clock).values() },
            "none": Texts.none, "sharing": sharing ?? false,
        ]
        if let received = clock.moment(file["received_at"]) { values["received"] = received }
        if let phone = customer["phone"].text { values["phone"] = ["number": phone, "link": Link.telephone(phone)] }
        if let email = customer["email"].text { values["email"] = email }
        if customer["vulnerable"].isTrue { values["vulnerable"] = Texts.vulnerable }
        if let done = record.call.flashed.flatMap(Texts.doneWithCase), open?.problem == nil { values["done"] = done }
        if let others = try otherCases() { values["others"] = others }
        if entries.isCut { values["older"] = Texts.moreOfLog }
        let guidance = try guidance()
        let forms = mayAct ? ActionForm.ofCases.filter(isOffered) : []
        if !guidance.isEmpty || !forms.isEmpty {
            func links(_ place: ActionForm.Place) -> [[String: Any]] {
                forms.filter { $0.place == place }.map { ["name": Texts.action($0.name), "link": link(to: $0)] }
            }
            func more(_ title: String, _ place: ActionForm.Place) -> [[String: Any]] {
                let links = links(place)
                return links.isEmpty ? [] : [["title": title, "actions": links]]
            }
            values["todo"] =
                [
                    "title": guidance.isEmpty ? Texts.actionsTitle : Texts.guidance, "guidance": guidance,
                    "pause": pause, "tactics": guidance.isEmpty ? "" : Texts.tacticsNote,
                    "actions": links(.atHand),
                    "more": more(Texts.writeDown, .log) + more(Texts.moreActions, .further),
                ] as [String: Any]
        }
        guard mayAct else { return values }
        if let open { values["form"] = try form(open) }
        return values
    }

    /// Since when and until when the customer has a page; nil where they have none now.
    private var sharing: [String: Any]? {
        guard let link = entries.link, let ends = Instant(link["expires_at"]), ends > clock.now else { return nil }
        return [
            "label": Texts.sharedSince, "since": clock.moment(link["recorded_at"]) ?? [:],
            "untilLabel": Texts.sharedUntil, "until": clock.moment(ends),
        ]
    }

    /// What was promised for a time at which the talk rests, and what to do about it.
    private var pause: [[String: Any]] {
        (CasePause(advice, file)?.promises ?? []).map { promise in
            let id = promise["id"].integer.map(String.init) ?? ""
            let isLate = promise["state"].text?.isExactly(PromiseState.overdue.rawValue) ?? false
            let form = mayAct ? ActionForm.named(isLate ? "recover" : "renegotiate") : nil
            return [
                "what": promise["what"].text ?? "", "number": Texts.promiseNumber(id), "dueLabel": Texts.dueBy,
                "due": clock.due(promise["due_at"]) ?? [:], "note": Texts.fallsIntoPause,
                "way": form.map {
                    ["link": link(to: $0, promise: id), "name": Texts.action($0.name)] as Any
                } ?? false,
            ]
        }
    }

    /// What is known of it at a glance: how it is handled, and how it ended.
    private var facts: [[String: Any]] {
        func fact(_ label: String, _ value: String, _ link: String? = nil) -> [String: Any] {
            ["label": label, "value": value, "link": link.map { $0 as Any } ?? false]
        }
        func other(_ label: String, _ id: Int64) -> [String: Any] {
            fact(label, Texts.customerCase(id), clock.link(CasePage.path(of: String(id))))
        }
        var facts = Texts.caseFacts.compactMap { name, label in
            file[name].text.map { fact(label, Texts.ofWords.contains(name) ? Texts.word($0) : $0) }
        }
        if let amount = file["redress"]["amount"].integer,
            let currency = file["redress"]["currency"].text.flatMap({ Currency($0) })
        {
            facts.append(fact(Texts.redress, Money(amount: amount, currency: currency).words))
        }
        if !file["customer_accepted"].isNull {
            facts.append(fact(Texts.content, file["customer_accepted"].isTrue ? Texts.yes : Texts.no))
        }
        if let pending = file["pending_concessions"].integer, pending > 0 {
            facts.append(fact(Texts.pendingConcessions, String(pending)))
        }
        if let id = file["duplicate_of"].integer { facts.append(other(Texts.duplicateOf, id)) }
        return facts + entries.duplicates.map { other(Texts.duplicates, $0) }
    }

    /// What else the customer has complained of, the newest first; nil where that is nothing.
    private func otherCases() throws -> [String: Any]? {
        guard let customer = file["customer"]["id"].integer else { return nil }
        let list = try record.unlessRefused {
            try record.get(
                "/v1/customers/\(customer)/cases",
                [
                    ("sort", "-opened_at"), ("limit", Self.mostOthers), ("fields", CaseRow.fields),
                    ("as_of", asOf?.rfc3339),
                ])
        }
        let rows = (list?["items"].items ?? []).filter { $0["id"].integer.map(String.init)?.isExactly(id) != true }
        guard let list, !rows.isEmpty else { return nil }
        var values: [String: Any] = [
            "title": Texts.otherCases, "caption": Texts.otherCases, "columns": Texts.caseColumns, "hasRows": true,
            "rows": rows.map { CaseRow($0, clock).values }, "more": false,
        ]
        if let total = list["total"].integer, !list["next"].isNull {
            values["more"] = Texts.shown(rows.count, of: String(total - 1))
        }
        return values
    }

    /// How many of them it shows, this one among them.
    private static let mostOthers = "11"

    private func isOffered(_ form: ActionForm) -> Bool {
        form.isFor(record.call.visitor) && form.occasion.isThere(for: file, isShared: entries.isShared)
    }

    /// - Parameter step: of guidance, whose values it has.
    func link(to form: ActionForm, promise: String? = nil, step: Int? = nil) -> String {
        Link.to(
            CasePage.path(of: id),
            [("form", form.name), ("promise", promise), (CasePage.step, step.map(String.init))])
    }

    private func promise(_ promise: JSONValue) -> [String: Any] {
        let promiseID = String(promise["id"].integer ?? 0)
        let state = promise["state"].text ?? ""
        var values: [String: Any] = [
            "what": promise["what"].text ?? "", "state": Texts.state(state),
            "owner": promise["owner"].text ?? Texts.nobody,
            "due": clock.due(promise["due_at"]) ?? [:], "made": clock.moment(promise["made_at"]) ?? [:],
            "slips": promise["slips"].integer ?? 0, "isOverdue": state.utf8.elementsEqual("overdue".utf8),
        ]
        if let step = promise["next_step"].text { values["step"] = step }
        values["number"] = Texts.promiseNumber(promiseID)
        guard mayAct else { return values }
        let forms = ActionForm.ofPromises.filter {
            $0.isFor(record.call.visitor)
                && $0.occasion.isThere(forPromise: promise, me: record.call.visitor?.me)
        }
        func ways(_ place: ActionForm.Place) -> [[String: Any]] {
            forms.filter { $0.place == place }.map {
                ["name": Texts.action($0.name), "link": link(to: $0, promise: promiseID)]
            }
        }
        values["ways"] = ways(.atHand)
        let further = ways(.further)
        if !further.isEmpty { values["more"] = ["title": Texts.moreActions, "ways": further] as [String: Any] }
        return values
    }
}
