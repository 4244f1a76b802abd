import CaseAPI
import Complaints
import HTTPServer
import HTTPTypes

/// What would go over, to whom, and what they carry already: shown before a handover is made, with the form that makes it.
enum HandoverPreview {
    /// How many promises it lists.
    private static let listed = "50"

    /// How many of what has changed it names.
    private static let mostChanges = 20

    /// Whether a form can only be refused: something is missing, it is for somebody else to send, or it goes back to whom it is of.
    static func isRefused(_ call: PageCall, _ name: String, _ form: FormFields) -> Bool {
        !call.speaks(for: name) || FoldedName((form["to"] ?? "").trimmingWhiteSpace) == FoldedName(name)
            || OwnerForm.handover.body.all.contains { $0.isNeeded && ExactText(form[$0.name] ?? "").isBlank }
    }

    /// Whether their open cases go over too.
    static func takesCases(_ form: FormFields) -> Bool { form["cases"]?.isExactly("true") ?? false }

    /// - Parameter problem: that it has changed since it was shown, where it has.
    static func view(_ call: PageCall, _ name: String, _ form: FormFields, _ problem: PageProblem? = nil) -> PageView {
        PageView(bytes: 256 * 1024) { record in
            do {
                var values = try values(record, name, form)
                if let problem {
                    var notice = Notice(problem, in: call.deskZone)
                    notice.takesFocus = true
                    values["problem"] = notice.values
                    values["changed"] = try changes(record, name, form)
                }
                return Layout(Texts.handoverTitle, of: call).page(
                    Templates.render("handover", values), problem?.status ?? .ok)
            } catch let other as PageProblem {
                return Layout(Texts.handoverTitle, of: call).page(
                    Templates.render("owner", ["title": name, "problem": Notice(other, in: call.deskZone).values]),
                    other.status)
            }
        }
    }

    /// What came and what went since the form's page was shown, and what is otherwise with whoever hands over.
    private static func changes(_ record: PageRecord, _ name: String, _ form: FormFields) throws -> [String: Any] {
        let now = try record.goingOver(from: name, takesCases: takesCases(form))
        guard let seen = form[BodyFields.sure].flatMap({ GoingOver($0) }) else { return [:] }
        func difference(_ ids: [Int64], from others: [Int64]) -> [Int64] {
            let others = Set(others)
            return ids.filter { !others.contains($0) }
        }
        func promise(_ id: Int64) throws -> String {
            let found = try record.unlessRefused { try record.get("/v1/promises/\(id)") }
            return Texts.promise(id, found?["what"].text ?? "")
        }
        var texts: [String] = []
        for id in difference(now.promises, from: seen.promises).prefix(mostChanges) {
            texts.append(Texts.comesToo(try promise(id)))
        }
        for id in difference(seen.promises, from: now.promises).prefix(mostChanges) {
            texts.append(Texts.staysNow(try promise(id)))
        }
        texts += difference(now.cases, from: seen.cases).prefix(mostChanges).map {
            Texts.comesToo(Texts.customerCase($0))
        }
        texts += difference(seen.cases, from: now.cases).prefix(mostChanges).map {
            Texts.staysNow(Texts.customerCase($0))
        }
        return [
            "title": Texts.changedMeanwhile, "texts": texts.map { ["text": $0] },
            "none": texts.isEmpty ? ["text": Texts.sameGoesOver] as Any : false,
        ]
    }

    private static func values(_ record: PageRecord, _ name: String, _ form: FormFields) throws -> [String: Any] {
        let (owner, tag) = try record.read("/v1/owners/\(Link.encoded(name))")
        let from = owner["name"].text ?? name
        let typed = (form["to"] ?? "").trimmingWhiteSpace
        let receiver = try record.unlessRefused { try record.get("/v1/owners/\(Link.encoded(typed))") }
        let to = receiver?["name"].text ?? typed
        // All of theirs that is not settled: what the desk has promised, and what was promised to it.
        let moving = try record.get(
            "/v1/promises",
            [
                ("owner", from), ("state", "open,overdue"), ("by", "any"), ("to", "any"),
                ("limit", listed), ("fields", PromiseRow.fields), ("allow_unknown", "true"),
            ])
        var cases: String?
        let seen = try record.goingOver(from: from, takesCases: takesCases(form))
        if takesCases(form) {
            cases = Texts.total(
                try record.get(
                    "/v1/cases",
                    [("owner", from), ("status", "open"), ("limit", "1"), ("fields", "id"), ("allow_unknown", "true")]))
        }
        let meant = try receiver == nil ? record.ownerMeant(by: to) : nil
        var facts = [receiver.map(Texts.carries) ?? Texts.isNew(to)]
        if let absence = receiver?["absence"], let first = absence["from"].text, let last = absence["until"].text {
            facts.append(Texts.isAway(to, from: first, until: last))
        } else if receiver?["absent"].isTrue ?? false {
            facts.append(Texts.isAway(to))
        }
        facts.append(
            Texts.waitsUntilAccepted(to, handedOverBy: record.call.visitor?.me ?? record.call.visitor?.name ?? from))
        facts.append(Texts.mostAtOnce(Limits.handover))
        var hidden = form.fields.filter { field in
            ![BodyFields.sure, "tag", "seen", "to", FormFields.asked + "to", FormFields.kept].contains {
                $0.isExactly(field.name)
            }
        }
        // Whom it goes to is spelled as on record, and is whom the page names.
        // That nobody is called so was just said.
        hidden += [
            ("to", to), (FormFields.asked + "to", to), (BodyFields.sure, seen.text), ("seen", record.asOf.rfc3339),
        ]
        if let tag { hidden.append(("tag", tag)) }
        let path = Link.owner(from)
        var values: [String: Any] = [
            "title": Texts.handoverTitle,
            "text": Texts.wouldGoOver(promises: Texts.total(moving), cases: cases, from: from, to: to),
            "facts": facts.map { ["text": $0] }, "action": "\(path)/\(OwnerForm.handover.rawValue)",
            "hidden": hidden.map { ["name": $0.name, "value": $0.value] }, "button": Texts.handOverNow, "back": path,
            "leave": Texts.leaveIt, "problem": false, "changed": false,
            "meant": meant.map { ["button": Texts.lookAgain(at: $0), "to": $0] as Any } ?? false,
            "movingTitle": Texts.movingTitle, "more": false,
            "promises": PromiseTable(
                caption: Texts.movingTitle, rows: moving["items"].items, clock: PageClock(record)
            ).values,
        ]
        if !moving["next"].isNull {
            values["more"] = [
                "text": Texts.shown(moving["items"].items.count, of: Texts.total(moving)), "name": Texts.more,
                "link": Link.to(
                    PromisesPage.path, [("owner", from), ("state", "open,overdue"), ("by", "any"), ("to", "any")]),
            ]
        }
        return values
    }
}
