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
    let entries: LatestEntries

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

    /// Whether a complaint has to be scrolled through, so that what is to be done is not far below it.
    private func isLong(_ complaint: String) -> Bool {
        complaint.utf8.count > 1500 || complaint.utf8.lazy.filter { $0 == UInt8(ascii: "\n") }.prefix(20).count == 20
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
            "customer": [
                "name": customer["name"].text ?? "",
                "link": customer["id"].integer.map { clock.link(CustomerRecordPage.path(of: $0)) } ?? "",
            ],
            "complaintTitle": Texts.complaint,
            "complaint": file["complaint"].text ?? "",
            "whole": isLong(file["complaint"].text ?? "") ? ["name": Texts.wholeComplaint] as Any : false,
            "facts": head.facts,
            "promisesTitle": Texts.promisesOfCase, "timeline": chains.timeline(clock).svg,
            "columns": Texts.promisedColumns, "promises": file["promises"].items.reversed().map(promise),
            "logTitle": Texts.log, "log": entries.items.reversed().map { EntryRow($0, clock).values() },
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
        guard let open else { return values }
        if open.sent != nil, mayAct {
            values["form"] = try form(open)
        } else if let why = whyNot(open) {
            var notice = Notice(Texts.noForm(open.form.name), why)
            notice.takesFocus = true
            values["noForm"] = notice.values
        } else {
            values["form"] = try form(open)
        }
        return values
    }

    /// Why there is no form where the address of the page asks for one; nil where there is.
    private func whyNot(_ open: CasePage.OpenForm) -> String? {
        let form = open.form
        let role = record.call.visitor?.role ?? .reader
        guard mayAct, form.isFor(record.call.visitor) else {
            return Texts.isForRole(max(form.role, .agent), not: role)
        }
        guard let promise = form.isOfPromise ? promise(called: open.promise) : nil else {
            return form.occasion.isThere(for: file, isShared: entries.isShared)
                ? nil : Texts.isNotTheTime(form.occasion, status: Texts.status(file["status"].text))
        }
        guard !form.occasion.isThere(forPromise: promise, me: record.call.visitor?.me) else { return nil }
        let state = Texts.state(promise["state"].text ?? "")
        guard let at = Instant(promise["recorded_at"]) else {
            return Texts.isNotTheTime(form.occasion, status: state)
        }
        return Texts.isSettled(state, by: promise["settled_by"].text ?? "", at: clock.written(at))
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
            "what": promise["what"].text ?? "",
            "state": [Texts.state(state), promise["waits_for_acceptance"].isTrue ? Texts.notAcceptedYet : nil]
                .compactMap(\.self)
                .joined(separator: ", "),
            "owner": promise["owner"].text ?? Texts.nobody,
            "due": clock.due(promise["due_at"]) ?? [:], "made": clock.moment(promise["made_at"]) ?? [:],
            "slips": promise["slips"].integer ?? 0, "isOverdue": state.utf8.elementsEqual("overdue".utf8),
        ]
        values["place"] = Link.promise(promise["id"].integer ?? 0)
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
