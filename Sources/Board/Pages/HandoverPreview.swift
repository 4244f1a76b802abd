import CaseAPI
import Complaints

/// What would go over, to whom, and what they carry already: shown before a handover is made, with the form that makes it.
enum HandoverPreview {
    /// How many promises it lists.
    private static let listed = "50"

    /// Whether a form can only be refused, or says that this was seen.
    static func isPassed(by form: FormFields) -> Bool {
        form[BodyFields.sure] != nil
            || OwnerForm.handover.body.all.contains { $0.isRequired && ExactText(form[$0.name] ?? "").isBlank }
    }

    static func view(_ call: PageCall, _ name: String, _ form: FormFields) -> PageView {
        PageView(bytes: 256 * 1024) { record in
            do {
                let values = try values(record, name, form)
                return Layout(Texts.handoverTitle, of: call).page(Templates.render("handover", values))
            } catch let problem as PageProblem {
                return Layout(Texts.handoverTitle, of: call).page(
                    Templates.render("owner", ["title": name, "problem": Notice(problem).values]), problem.status)
            }
        }
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
        if form["cases"]?.isExactly("true") ?? false {
            cases = Texts.total(
                try record.get(
                    "/v1/cases",
                    [("owner", from), ("status", "open"), ("limit", "1"), ("fields", "id"), ("allow_unknown", "true")]))
        }
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
            ![BodyFields.sure, "tag", "seen", "to", FormFields.kept].contains { $0.isExactly(field.name) }
        }
        // Whom it goes to is spelled as on record, and is whom the page names.
        hidden += [("to", to), (BodyFields.sure, "yes"), ("seen", record.asOf.rfc3339)]
        if let tag { hidden.append(("tag", tag)) }
        let path = Link.owner(from)
        var values: [String: Any] = [
            "title": Texts.handoverTitle,
            "text": Texts.wouldGoOver(promises: Texts.total(moving), cases: cases, from: from, to: to),
            "facts": facts.map { ["text": $0] }, "action": "\(path)/\(OwnerForm.handover.rawValue)",
            "hidden": hidden.map { ["name": $0.name, "value": $0.value] }, "button": Texts.handOverNow, "back": path,
            "leave": Texts.leaveIt, "movingTitle": Texts.movingTitle, "more": false,
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
