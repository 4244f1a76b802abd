import CaseAPI
import Complaints
import HTTPServer
import HTTPTypes

/// `/board/owners/NAME` and `/board/me`: what somebody has promised, by when it is due; what waits for their yes; when they are
/// away; and who takes over.
enum OwnerPage {
    static func mine(_ call: PageCall) throws -> PageView {
        try call.head.requireParameters("as_of", "done")
        guard let name = call.visitor?.me else {
            return PageView { _ in
                Layout(Texts.mine, of: call, at: .mine).page(
                    Templates.render("owner", ["title": Texts.mine, "hint": Texts.sayWhoYouAre, "actAs": Texts.actAs]))
            }
        }
        return view(call, name, at: .mine)
    }

    static func show(_ call: PageCall) throws -> PageView {
        try call.head.requireParameters("as_of", "done")
        return view(call, call.captured[0])
    }

    /// The page of an owner.
    ///
    /// - Parameters:
    ///   - problem: why a form of it was refused, if one was.
    ///   - sent: what was sent of that form, to be typed again.
    static func view(
        _ call: PageCall, _ name: String, at place: Layout.Place? = nil, problem: PageProblem? = nil,
        sent: SentForm<OwnerForm>? = nil
    ) -> PageView {
        PageView(asOf: problem == nil ? call.asOf : nil, bytes: 512 * 1024) { record in
            let layout = Layout(name, of: call, at: place, asOf: problem == nil ? call.asOf : nil)
            do {
                var values = try content(record, name, problem, sent)
                // What is wrong with a form, that says itself.
                if let problem, sent == nil || values["handover"] == nil {
                    var notice = Notice(
                        problem, in: call.deskZone, labels: sent.map(\.form.labels) ?? [:],
                        asked: sent?.form.asked ?? [])
                    notice.takesFocus = true
                    values["problem"] = notice.values
                }
                if let done = call.flashed.flatMap(Texts.done) { values["done"] = done }
                return layout.page(Templates.render("owner", values))
            } catch let other as PageProblem {
                // Whoever has promised nothing yet is known to nobody; something may wait for them all the same.
                let isMine = place == .mine
                if other.status == .notFound, problem == nil {
                    let queue = try queue(record, name, title: isMine ? Texts.waitsForYou : Texts.waitsForThem)
                    var values: [String: Any] = ["title": name, "queue": queue]
                    if isMine { (values["hint"], values["actAs"]) = (Texts.nothingYet, Texts.actAs) }
                    if let done = call.flashed.flatMap(Texts.done) { values["done"] = done }
                    let had = try Self.had(record, name)
                    if let had { values.merge(had) { $1 } }
                    if isMine || had != nil || queue["hasRows"] as? Bool == true {
                        return layout.page(Templates.render("owner", values))
                    }
                }
                let values: [String: Any] = [
                    "title": name, "problem": Notice(problem ?? other, in: call.deskZone).values,
                ]
                return layout.page(Templates.render("owner", values), (problem ?? other).status)
            }
        }
    }

    /// What waits for them, as the queue has it, but the promises that they have yet to accept, which stand above with their forms.
    private static func queue(_ record: PageRecord, _ name: String, title: String) throws -> [String: Any] {
        let kinds = QueueKind.allCases.filter { $0 != .overdue && $0 != .acceptance }.map(\.rawValue)
        let items = try record.waiting(
            for: name, kinds.joined(separator: ","), asOf: record.call.head.parameter("as_of"))
        return QueueTable(title, "queue", items, PageClock(record)).values
    }

    /// What there is of somebody who has nothing by now, and whom nobody has named: what they had, and for who may the way to put them
    /// on record. Nil for a name that the record has never seen.
    private static func had(_ record: PageRecord, _ name: String) throws -> [String: Any]? {
        let asOf = record.call.head.parameter("as_of")
        let query: [(name: String, value: String?)] = [
            ("owner", name), ("by", "any"), ("to", "any"), ("sort", "-due_at"), ("limit", mostHad),
            ("fields", PromiseRow.fields), ("as_of", asOf),
        ]
        guard let had = try record.unlessRefused({ try record.get("/v1/promises", query) }) else { return nil }
        let isFull = !had["next"].isNull
        var values: [String: Any] = [
            "had": ["text": Texts.nothingNow(name)],
            "due": PromiseTable(caption: Texts.hadTitle, rows: had["items"].items, clock: PageClock(record)).values,
            "dueTitle": Texts.hadTitle,
        ]
        if isFull {
            values["more"] = [
                "link": Link.to(
                    PromisesPage.path,
                    [("owner", name), ("by", "any"), ("to", "any"), ("sort", "-due_at"), ("as_of", asOf)]),
                "name": Texts.more,
            ]
        }
        if asOf == nil, record.call.visitor.map({ $0.role >= .manager }) ?? false {
            values["naming"] = [
                "action": "\(Link.owner(name))/name", "formToken": record.call.formToken, "key": FormKey.make(),
                "button": Texts.putOnRecord(name),
            ]
        }
        return values
    }

    /// How many of them it shows.
    private static let mostHad = "50"
    /// How many of the promises that wait for their yes it shows.
    private static let mostWaiting = 200

    private static func content(
        _ record: PageRecord, _ name: String, _ problem: PageProblem?, _ sent: SentForm<OwnerForm>?
    ) throws -> [String: Any] {
        let asOf = record.call.head.parameter("as_of")
        let (owner, tag) = try record.read("/v1/owners/\(Link.encoded(name))", [("as_of", asOf)])
        let clock = PageClock(record)
        let due = try record.get(
            "/v1/promises",
            [
                ("owner", name), ("state", "open,overdue"), ("limit", "200"), ("fields", PromiseRow.fields),
                ("as_of", asOf), ("allow_unknown", "true"),
            ])
        let unaccepted = try record.get(
            "/v1/promises",
            [
                ("owner", name), ("unaccepted", "true"), ("limit", String(mostWaiting)), ("fields", PromiseRow.fields),
                ("as_of", asOf), ("allow_unknown", "true"),
            ])
        let waiting = unaccepted["items"].items
        var values: [String: Any] = [
            "title": owner["name"].text ?? name,
            "figures": Texts.ownerFigures(owner),
            "due": PromiseTable(caption: Texts.dueTitle, rows: due["items"].items, clock: clock).values,
            "dueTitle": Texts.dueTitle,
        ]
        // Names compare without case, as the rules do.
        let isOwn = record.call.visitor?.me.map { FoldedName($0) == FoldedName(owner["name"].text ?? "") } ?? false
        values["queue"] = try queue(
            record, owner["name"].text ?? name, title: isOwn ? Texts.waitsForYou : Texts.waitsForThem)
        if !due["next"].isNull {
            values["more"] = [
                "link": Link.to(
                    PromisesPage.path, [("owner", name), ("state", "open,overdue"), ("as_of", asOf)]),
                "name": Texts.more,
            ]
        }
        let absence = owner["absence"]
        if !absence.isNull {
            values["absence"] =
                [
                    "fromLabel": Texts.awayFrom, "from": ["date": absence["from"].text ?? ""],
                    "untilLabel": Texts.awayUntil, "until": ["date": absence["until"].text ?? ""],
                    "standIn": absence["stand_in"].text.map(Texts.meanwhile) ?? "",
                ] as [String: Any]
        }
        guard asOf == nil, let visitor = record.call.visitor, visitor.role >= .agent else { return values }
        let path = Link.owner(owner["name"].text ?? name)
        let form: [String: Any] = [
            "formToken": record.call.formToken, "owner": owner["name"].text ?? name, "path": path,
            "ownerTag": tag ?? "",
        ]
        if record.call.speaks(for: owner["name"].text ?? name) {
            // Which state of it was seen, for who may answer: nobody else can say it for them.
            let tags = isOwn ? try record.tags(ofPromisesWaitingFor: name, upTo: Self.mostWaiting) : [:]
            func seen(_ promise: JSONValue) -> String? { promise["id"].integer.flatMap { tags[$0] } }
            values["waiting"] =
                [
                    "title": isOwn ? Texts.waitingTitle : Texts.waitingTitle(of: owner["name"].text ?? name),
                    "isOwn": isOwn, "hasRows": !waiting.isEmpty, "none": Texts.nothingWaits,
                    "cut": unaccepted["next"].isNull
                        ? false : ["text": Texts.shown(waiting.count, of: Texts.total(unaccepted))] as Any,
                    "all": tags.count > 1
                        ? [
                            "action": "\(path)/accept", "button": Texts.acceptAll(tags.count), "key": FormKey.make(),
                            "formToken": record.call.formToken,
                            "hidden": Acceptances.fields(
                                waiting.map { ($0["id"].integer ?? 0, seen($0), $0["what"].text ?? "") }),
                        ] as Any : false,
                    "rows": waiting.map { promise -> [String: Any] in
                        PromiseRow(promise, clock).values.merging(form) { row, _ in row }
                            .merging(["tag": seen(promise) ?? ""]) { row, _ in row }
                            .merging(["key": FormKey.make(), "otherKey": FormKey.make()]) { row, _ in row }
                            .merging(["ownerName": owner["name"].text ?? name]) { row, _ in row }
                    },
                    "accept": Texts.accept, "decline": Texts.decline, "reason": Texts.reason,
                ] as [String: Any]
            func content(_ owned: OwnerForm) throws -> [String: Any] {
                let own = sent.flatMap { $0.form == owned ? $0 : nil }
                let isStale = own != nil && problem?.code.utf8.elementsEqual("stale".utf8) ?? false
                let changes =
                    isStale
                    ? try ChangedSince(
                        record, "/v1/owners/\(Link.encoded(name))", owner, seen: own?.fields["seen"], clock: clock)
                    : nil
                return owned.content(
                    at: path, of: owner, formToken: record.call.formToken, tag: tag, asOf: record.asOf,
                    sent: own?.fields,
                    problem: own == nil ? nil : problem, changes: changes, zone: clock.zone)
            }
            values["choosers"] = try Chooser.html([.owner], record)
            values["absenceForm"] = try form.merging([
                "title": Texts.absenceTitle, "form": content(.absence), "comeBack": Texts.comeBack,
                "isAway": !absence.isNull,
            ]) { form, _ in form }
            values["handover"] = try ["title": Texts.handoverTitle, "form": content(.handover)] as [String: Any]
        }
        return values
    }
}
