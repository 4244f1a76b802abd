import CaseAPI
import Complaints

/// What to do next, and the form that is open.
extension CaseContent {
    /// What to do next: the first of it that whoever looks may do as a form that is filled in, and of each other a link to its form.
    func guidance() throws -> [[String: Any]] {
        var isFormShown = false
        return try steps.enumerated().map { place, item in
            var values: [String: Any] = [
                "why": APISentence(text: item["why"].text ?? "", clock: clock).values,
                "tactic": Texts.tactic(item["tactic"].text), "title": item["title"].text ?? "", "advised": false,
                "way": false,
            ]
            guard mayAct, let (form, promise) = try form(advisedBy: item["call"]) else { return values }
            if !isFormShown, open == nil {
                isFormShown = true
                values["advised"] = try content(of: form, promise: promise, advisedBy: item["call"])
            } else {
                values["way"] = [
                    "name": Texts.action(form.name), "link": link(to: form, promise: promise, step: place),
                    "of": item["title"].text ?? "",
                ]
            }
            return values
        }
    }

    private var steps: [JSONValue] {
        advice["items"].items.filter { ["now", "next"].contains($0["state"].text ?? "") }
    }

    /// Whether whoever looks is who has to act, by name; nil is whoever may.
    private func isFor(me name: String?) -> Bool {
        guard let name else { return true }
        return record.call.visitor?.me.map { FoldedName($0) == FoldedName(name) } ?? false
    }

    /// The form of what guidance has somebody do, and of which promise; nil where there is none, or whoever looks may not: the rules
    /// that would refuse it are asked.
    private func form(advisedBy call: JSONValue) throws -> (form: ActionForm, promise: String?)? {
        guard
            let (form, target) = ActionForm.of(
                call["method"].text ?? "", call["path"].text ?? "", kind: call["body"]["kind"].text),
            form.isFor(record.call.visitor), !form.isOfPromise || isFor(me: call["actor"].text)
        else { return nil }
        let promise = form.isOfPromise ? target : nil
        return try isOthers(form, promise: promise, knowing: known(by: call, of: form)) ? nil : (form, promise)
    }

    /// Whether what a form asks for is somebody else's to say.
    private func isOthers(_ form: ActionForm, promise: String?, knowing known: [String: String]) throws -> Bool {
        guard !form.isEdit else { return false }
        return try record.isOthers(
            form.method, form.path(of: promise ?? id), form.body, knowing: known, fixed: form.fixed)
    }

    /// Those fields of a form that whoever looks may fill in: a name that can be no other than their own is not asked for.
    private func offered(_ asked: [String], of form: ActionForm, promise: String?) throws -> [String] {
        guard form.writesEntry else { return asked }
        let own = record.call.visitor?.me
        return try asked.filter { name in
            guard let field = form.body[name], !field.isRequired, case .line = field.kind else { return true }
            if try !isOthers(form, promise: promise, knowing: [name: "x"]) { return true }
            // It is asked for where their own name is what makes it theirs to say.
            return try isOthers(form, promise: promise, knowing: [:])
                && !(own.map { try isOthers(form, promise: promise, knowing: [name: $0]) } ?? false)
        }
    }

    /// The ways to say by when, where guidance names the first of them; any other field is the one way.
    private static func ways(of name: String) -> [String] {
        let first = "due_at"
        guard name.split(separator: "/").last.map(String.init)?.isExactly(first) ?? false else { return [name] }
        let group = name.dropLast(first.count)
        return [first, "due_in", "due_in_business", "due_on"].map { "\(group)\($0)" }
    }

    /// What guidance leaves to be filled in, with what it knows.
    private func content(of form: ActionForm, promise: String?, advisedBy call: JSONValue) throws -> [String: Any] {
        let known = known(by: call, of: form)
        let hours = try OpeningHours(record)
        let asked = call["fill"].items.compactMap { $0.text.map(Texts.fieldName) }.flatMap(Self.ways(of:))
            .filter { form.body[$0] != nil }
        let all = asked + known.keys.filter { !asked.contains($0) && !$0.isEmpty }.sorted()
        var shown = FormView(
            body: form.body,
            asked: try offered(all, of: form, promise: promise).filter { hours.asksFor($0, of: form.body) },
            zone: clock.zone)
        shown.know(known)
        shown.name = form.name
        return try sent(shown, form, promise: promise)
    }

    private func known(by call: JSONValue, of form: ActionForm) -> [String: String] {
        let fixed = form.fixed.map(\.name)
        return call["body"].typed().filter { !fixed.contains($0.key) }
    }

    /// What guidance knows of a form that one of its steps leads to; nothing where that step leads to another one by now.
    private func known(of open: CasePage.OpenForm) throws -> [String: String] {
        guard open.sent == nil, let step = open.step, steps.indices.contains(step) else { return [:] }
        let call = steps[step]["call"]
        guard let (form, promise) = try form(advisedBy: call), form.name.isExactly(open.form.name),
            (promise ?? "").isExactly(open.promise ?? "")
        else { return [:] }
        return known(by: call, of: form)
    }

    /// A form that is open, with what was typed of it and what is wrong with that.
    func form(_ open: CasePage.OpenForm) throws -> [String: Any] {
        let form = open.form
        let known = try known(of: open)
        let typed = open.sent.map(FormView.typed) ?? known
        let groups = form.settles ? settlings : []
        let hours = try OpeningHours(record)
        let asked = (form.isEdit ? edited(form) : try offered(form.asked, of: form, promise: open.promise))
            .filter { hours.asksFor($0, of: form.body) }
        let grouped = groups.flatMap { $0.allAsked + $0.hidden.map(\.name) }
        let others = typed.keys.filter { name in
            !asked.contains(name) && !grouped.contains(name) && form.body[name] != nil
                && !form.fixed.contains { $0.name == name }
        }.sorted()
        let places = SettlingFields(open.sent)
        // Times that were typed by others' clocks stay what they are.
        let zone = open.sent.flatMap { record.call.zone(of: $0) } ?? clock.zone
        let needs = try needs(of: open)
        let layout = FormLayout(asked + others, of: form.body, needs, seldom: form.seldom)
        var shown = FormView(
            body: form.body, asked: layout.head, values: typed, groups: groups + layout.groups, folds: layout.folds,
            needs: needs, problem: open.problem?.naming(places.name), zone: zone)
        shown.name = form.name
        shown.isOpened = true
        if open.sent == nil { shown.know(known) }
        shown.note = needs.wantsTimeline ? Texts.wantsTimeline : note(of: open)
        if form.isEdit { shown.take(file, of: asked, sent: open.sent) }
        // Fields are looked at before promises: what is left open is said with what is wrong with them.
        let unsettled = open.problem?.promiseIDs ?? []
        let unsaid = open.problem.map { $0.items.isEmpty ? [] : needs.unsettled } ?? []
        for (place, promise) in unsettledPromises.enumerated() {
            guard let id = promise["id"].integer else { continue }
            let choice = SettlingFields.choice(at: place)
            if unsettled.contains(id) || unsaid.contains(id) && (typed[choice] ?? "").isEmpty {
                shown.faults[choice] = Texts.toBeSettled
            }
        }
        let isTwin = open.problem?.code.utf8.elementsEqual("idempotency_key_reused".utf8) ?? false
        var values = try sent(shown, form, promise: open.promise, of: open.sent, isTwin: isTwin)
        if let problem = open.problem, problem.code.utf8.elementsEqual("stale".utf8) {
            values["changes"] = try ChangedSince(
                record, "/v1/cases/\(id)", file, seen: open.sent?["seen"], clock: clock, log: entries.items,
                label: changedLabel
            ).values
            if !isReady(form, promise: open.promise) {
                // What was typed stays, to be read; what is done is not to be done again.
                values["problem"] = Notice(Texts.notReadyAnyMore, Texts.notReadyAnyMoreHint).values
                values["isOver"] = true
            }
        }
        return values
    }

    /// What a value of the case is called where it has changed: by its form, and one of a promise by its words.
    private func changedLabel(_ name: String) -> String? {
        let path = name.split(separator: "/").map(String.init)
        if path.count == 3, path[0].isExactly("promises"), let place = Int(path[1]) {
            let promises = file["promises"].items
            guard promises.indices.contains(place), ["what", "due_at", "owner"].contains(where: path[2].isExactly)
            else {
                return nil
            }
            let what = CaseCells.beginning(promises[place]["what"].text ?? "")
            return Texts.ofPromise(what, Texts.label(of: [path[2]]))
        }
        guard let edit = ActionForm.ofCases.first(where: \.isEdit), let field = edit.body[name] else { return nil }
        return Texts.label(of: field, in: edit.name)
    }

    /// Whether the case, or the promise, is still such that a form is for it.
    private func isReady(_ form: ActionForm, promise: String?) -> Bool {
        guard form.isOfPromise else { return form.occasion.isThere(for: file, isShared: entries.isShared) }
        return self.promise(called: promise).map {
            form.occasion.isThere(forPromise: $0, me: record.call.visitor?.me)
        } ?? false
    }

    /// What the rules ask for in a form, as the case stands.
    private func needs(of open: CasePage.OpenForm) throws -> FormNeeds {
        let form = open.form
        guard !form.isEdit else { return FormNeeds() }
        var needs = try record.needs(
            form.method, form.path(of: form.isOfPromise ? open.promise ?? "" : id), form.body, fixed: form.fixed)
        for (place, promise) in unsettledPromises.enumerated()
        where promise["id"].integer.map(needs.unsettled.contains) ?? false {
            needs.fields.append(SettlingFields.choice(at: place))
        }
        return needs
    }

    /// What of a case is edited: how it ended, only once it has.
    private func edited(_ form: ActionForm) -> [String] {
        guard file["status"].text.flatMap(CaseStatus.init(rawValue:)) == .open else { return form.asked }
        return form.asked.filter { name in
            !["outcome", "redress", "final_response"].contains(String(name.prefix { $0 != "/" }))
        }
    }

    /// What is to be known before a form is sent; nil for nothing.
    private func note(of open: CasePage.OpenForm) -> String? {
        if open.form.settles {
            let count = openPromises.count
            return count > SettlingFields.most ? Texts.moreToSettle(count, shown: SettlingFields.most) : nil
        }
        guard open.form.name.isExactly(ActionForm.withdraw.name), let promise = promise(called: open.promise) else {
            return nil
        }
        return isOverdue(promise) ? Texts.withdrawnLate : Texts.withdrawnInTime
    }

    private func isOverdue(_ promise: JSONValue) -> Bool {
        ActionForm.Occasion.whileOverdue.isThere(forPromise: promise, me: nil)
    }

    private var openPromises: [JSONValue] {
        file["promises"].items.filter { ActionForm.Occasion.whilePromised.isThere(forPromise: $0, me: nil) }
    }

    private var unsettledPromises: [JSONValue] { Array(openPromises.prefix(SettlingFields.most)) }

    private var settlings: [FormView.Group] {
        unsettledPromises.enumerated().map { place, promise in
            var group = SettlingFields.group(promise, at: place, title: promise["what"].text ?? "")
            group.due = clock.due(promise["due_at"])
            if isOverdue(promise) { group.note = Texts.settledLate }
            return group
        }
    }

    /// In which currency the desk gives something away, as the policy of the case says it; nil where it has none.
    private func currency() throws -> String? {
        guard let policy = file["policy"].text else { return nil }
        return try record.unlessRefused { try record.get("/v1/policies/\(Link.encoded(policy))") }?[
            "concession_currency"
        ].text
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
        if !form.isEdit, view.asksForCurrency, let currency = try currency() {
            view.preset(currency: currency, sent: sent)
        }
        var values = view.content
        values["choosers"] = try Chooser.html(view.choosers, record)
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
