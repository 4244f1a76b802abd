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
    /// Which state of the case is shown.
    private let caseTag: String?
    private let advice: JSONValue
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
    private func promise(called id: String?) -> JSONValue? {
        guard let id else { return nil }
        return file["promises"].items.first { $0["id"].integer.map(String.init)?.utf8.elementsEqual(id.utf8) ?? false }
    }

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
        let head = CaseHead(record: record, id: id, asOf: asOf, clock: clock, file: file, entries: entries)
        var values: [String: Any] = [
            "title": Texts.customerCase(Int64(id) ?? 0), "subject": file["subject"].text ?? "",
            "customer": customer["name"].text ?? "", "complaintTitle": Texts.complaint,
            "complaint": file["complaint"].text ?? "",
            "facts": head.facts,
            "promisesTitle": Texts.promisesOfCase, "timeline": chains.timeline(clock).svg,
            "columns": Texts.promisedColumns, "promises": file["promises"].items.reversed().map(promise),
            "logTitle": Texts.log, "log": log,
            "none": Texts.none, "sharing": head.sharing ?? false,
        ]
        if let received = clock.moment(file["received_at"]) { values["received"] = received }
        if let phone = customer["phone"].text { values["phone"] = ["number": phone, "link": Link.telephone(phone)] }
        if let email = customer["email"].text { values["email"] = email }
        if customer["vulnerable"].isTrue { values["vulnerable"] = Texts.vulnerable }
        if let done = record.call.flashed.flatMap(Texts.doneWithCase), open?.problem == nil { values["done"] = done }
        if let others = try head.otherCases() { values["others"] = others }
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
                    "pause": pause, "tactics": guidance.isEmpty ? false : Texts.tacticsNote as Any,
                    "actions": links(.atHand),
                    "more": more(Texts.writeDown, .log) + more(Texts.moreActions, .further),
                ] as [String: Any]
        }
        guard mayAct else { return values }
        if let open { values["form"] = try form(open) }
        return values
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

    private func isOffered(_ form: ActionForm) -> Bool {
        form.isFor(record.call.visitor) && form.occasion.isThere(for: file, isShared: entries.isShared)
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

    private var log: [[String: Any]] {
        entries.items.reversed().map { entry in
            let text = EntryText(entry, clock)
            var values: [String: Any] = [
                "seq": entry["seq"].integer ?? 0,
                "kind": Texts.entry(entry["kind"].text), "actor": entry["actor"].text ?? "",
                "at": clock.moment(entry["recorded_at"]) ?? [:],
                "details": text.facts.map { ["label": $0.label, "value": ["parts": $0.parts]] as [String: Any] },
                "hasDetails": !text.facts.isEmpty, "quote": false,
            ]
            if let words = text.words { values["quote"] = ["words": words] }
            return values
        }
    }
}

// MARK: - Forms
extension CaseContent {
    /// What to do next, the first of it that whoever looks may do as a form that is filled in.
    private func guidance() throws -> [[String: Any]] {
        let items = advice["items"].items.filter { ["now", "next"].contains($0["state"].text ?? "") }
        var isFormShown = false
        return try items.map { item in
            var values: [String: Any] = [
                "why": APISentence(text: item["why"].text ?? "", clock: clock).values,
                "tactic": Texts.tactic(item["tactic"].text), "title": item["title"].text ?? "",
            ]
            if !isFormShown, mayAct, open == nil, let form = try form(advisedBy: item["call"]) {
                isFormShown = true
                values["advised"] = form
            }
            return values
        }
    }

    /// Whether whoever looks is who has to act, by name; nil is whoever may.
    private func isFor(me name: String?) -> Bool {
        guard let name else { return true }
        return record.call.visitor?.me.map { FoldedName($0) == FoldedName(name) } ?? false
    }

    /// What guidance leaves to be filled in, with what it knows.
    private func form(advisedBy call: JSONValue) throws -> [String: Any]? {
        let known = call["body"].typed()
        guard
            let (form, target) = ActionForm.of(
                call["method"].text ?? "", call["path"].text ?? "", kind: known["kind"]),
            form.isFor(record.call.visitor), !form.isOfPromise || isFor(me: call["actor"].text)
        else { return nil }
        let blanks = call["fill"].items.compactMap { $0.text.map(Texts.fieldName) }
        let asked = blanks.filter { form.body[$0] != nil }
        let fixed = form.fixed.map(\.name)
        var shown = FormView(
            body: form.body,
            asked: asked + known.keys.filter { !asked.contains($0) && !$0.isEmpty && !fixed.contains($0) }.sorted(),
            zone: clock.zone)
        shown.know(known)
        shown.name = form.name
        return try sent(shown, form, promise: form.isOfPromise ? target : nil)
    }

    /// A form that is open, with what was typed of it and what is wrong with that.
    private func form(_ open: CasePage.OpenForm) throws -> [String: Any] {
        let form = open.form
        let typed = open.sent.map(FormView.typed) ?? [:]
        let groups = form.settles ? settlings : []
        let asked = form.isEdit ? edited(form) : form.asked
        let grouped = groups.flatMap { $0.asked + $0.hidden.map(\.name) }
        let others = typed.keys.filter { name in
            !asked.contains(name) && !grouped.contains(name) && form.body[name] != nil
                && !form.fixed.contains { $0.name == name }
        }.sorted()
        let places = SettlingFields(open.sent)
        // Times that were typed by others' clocks stay what they are.
        let zone = open.sent.flatMap { record.call.zone(of: $0) } ?? clock.zone
        var shown = FormView(
            body: form.body, asked: asked + others, values: typed, groups: groups,
            problem: open.problem?.naming(places.name), zone: zone)
        shown.name = form.name
        if form.isEdit { shown.take(file, of: asked, sent: open.sent) }
        let unsettled = open.problem?.promiseIDs ?? []
        for (place, promise) in unsettledPromises.enumerated()
        where promise["id"].integer.map(unsettled.contains) ?? false {
            shown.faults[SettlingFields.choice(at: place)] = Texts.toBeSettled
        }
        let isTwin = open.problem?.code.utf8.elementsEqual("idempotency_key_reused".utf8) ?? false
        var values = try sent(shown, form, promise: open.promise, of: open.sent, isTwin: isTwin)
        if let problem = open.problem, problem.code.utf8.elementsEqual("stale".utf8) {
            values["changes"] = try ChangedSince(
                record, "/v1/cases/\(id)", file, seen: open.sent?["seen"], zone: clock.zone
            ).values
        }
        return values
    }

    /// What of a case is edited: how it ended, only once it has.
    private func edited(_ form: ActionForm) -> [String] {
        guard file["status"].text.flatMap(CaseStatus.init(rawValue:)) == .open else { return form.asked }
        return form.asked.filter { name in
            !["outcome", "redress", "final_response"].contains(String(name.prefix { $0 != "/" }))
        }
    }

    private var unsettledPromises: [JSONValue] {
        file["promises"].items.filter { ActionForm.Occasion.whilePromised.isThere(forPromise: $0, me: nil) }
            .prefix(SettlingFields.most).map(\.self)
    }

    private var settlings: [FormView.Group] {
        unsettledPromises.enumerated().map { place, promise in
            let due = Instant(promise["due_at"]).map(clock.written)
            return SettlingFields.group(
                promise, at: place,
                title: "\(promise["what"].text ?? ""), \(Texts.dueBy) \(due ?? "")")
        }
    }

    private func sent(
        _ view: FormView, _ form: ActionForm, promise: String?, of sent: FormFields? = nil, isTwin: Bool = false
    ) throws -> [String: Any] {
        // Whoever typed it saw the state from before they logged in.
        let kept = sent.flatMap { $0.isKept ? $0 : nil }
        let seen =
            try kept?["tag"] ?? (form.isOfPromise ? try promise.flatMap { try tag("/v1/promises/\($0)") } : caseTag)
        let own: [(String, String?)] = [
            ("form_token", record.call.formToken), ("key", isTwin ? FormKey.make() : sent?["key"] ?? FormKey.make()),
            ("tag", seen),
            ("seen", kept?["seen"] ?? record.asOf.rfc3339), ("promise", promise),
            // What was said to be sent already is meant twice, if it comes again.
            (CasePage.meantTwice, isTwin ? "yes" : nil),
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
                    "due": clock.due(about["due_at"]) ?? [:],
                ] as [String: Any]
        }
        return values
    }
}
