import CaseAPI
import Complaints

/// A form as a page shows it: its fields with what was typed or is known of them, and what is wrong with each beside it.
struct FormView {
    /// The fields of the body.
    let body: BodyFields
    /// Those that are asked for, in their order.
    let asked: [String]
    /// What is typed, or known, by the names of the fields.
    var values: [String: String] = [:]
    /// Those that can be left out, although the form of the body that has them can't be without them: it has other forms.
    var optional: [String] = []
    /// What fields are called here, where not as everywhere.
    var labels: [String: String] = [:]
    /// What is sent along without being asked for.
    var hidden: [(name: String, value: String)] = []
    /// Fields that belong together, below the others.
    var groups: [Group] = []
    /// Fields that are seldom wanted, at the end.
    var folds: [Fold] = []
    /// What the rules ask for as things are, besides what the body always needs.
    var needs = FormNeeds()
    /// What is said of fields besides what the API says is wrong with them.
    var faults: [String: String] = [:]
    /// What the fields were as the page was made, where the form shows what is there.
    var before: [String: String] = [:]
    /// Why it was refused, where it was.
    var problem: PageProblem?
    /// By whose clocks dates and times are typed.
    let zone: Zone
    /// What the form is called, where labels depend on it.
    var name = ""
    /// What is said before its fields; nil for nothing.
    var note: String?
    /// Whether its first field has the focus as its page is opened. The first that is wrong has it wherever one is.
    var isOpened = false

    /// Fields under a heading of their own.
    struct Group {
        let title: String
        let asked: [String]
        var hidden: [(name: String, value: String)] = []
        /// When what they are about is due, for the template `moment`; nil where nothing is.
        var due: [String: Any]?
        /// What is said before its fields; nil for nothing.
        var note: String?
        /// Those of its fields that are seldom wanted.
        var folds: [Fold] = []
        /// How many parts of the names of its fields its title says.
        var named = 0

        var allAsked: [String] { asked + folds.flatMap(\.asked) }
    }

    /// Fields that are folded away below a title, until something is in them.
    struct Fold {
        let title: String
        let asked: [String]
        /// How many parts of the names of its fields its title says.
        var named = 0
    }

    /// What of a form that was sent is to be typed again.
    static func typed(_ form: FormFields) -> [String: String] {
        Dictionary(form.fields.map { ($0.name, $0.value) }) { first, _ in first }
    }

    /// Shows what there is, for whoever changes it: what was typed over goes before it, and what it was as the page was made stays
    /// that.
    mutating func take(_ there: JSONValue, of names: [String], sent: FormFields?) {
        if let sent {
            for (name, value) in sent.fields where name.utf8.starts(with: BodyFields.before.utf8) {
                before[String(name.dropFirst(BodyFields.before.count))] = value
            }
            return
        }
        before = typedAmounts(there.typed()).filter { name, value in names.contains(name) && !value.isEmpty }
        values.merge(before) { $1 }
    }

    /// Sets the currency of each amount that nobody has typed yet: where none is typed then, that of it is not sent either.
    mutating func preset(currency: String, sent: FormFields?) {
        for name in asked where isCurrency(name) {
            if let sent {
                before[name] = sent[BodyFields.before + name]
            } else if (values[name] ?? "").isEmpty {
                (values[name], before[name]) = (currency, currency)
            }
        }
    }

    /// Whether it asks for the currency of an amount.
    var asksForCurrency: Bool { asked.contains(where: isCurrency) }

    private func isCurrency(_ name: String) -> Bool {
        body.all.contains { TypedMoney.isAmount($0) && TypedMoney.currency(beside: $0.name).isExactly(name) }
    }

    /// Values of the API by their fields, amounts of money in units of their currency.
    private func typedAmounts(_ known: [String: String]) -> [String: String] {
        known.reduce(into: known) { typed, value in
            guard let field = body[value.key], TypedMoney.isAmount(field) else { return }
            typed[value.key] = TypedMoney.shown(value.value, in: known[TypedMoney.currency(beside: value.key)])
        }
    }

    /// Takes what is known of the fields, as the API has it.
    mutating func know(_ known: [String: String]) { values = typedAmounts(known) }

    /// What a field is in its page.
    static func id(of path: [String]) -> String { "field-" + path.joined(separator: "-") }

    /// For the template `form`, but for where it is sent and what its button says.
    var content: [String: Any] {
        let found = FieldFaults(problem, among: shownNames) { name in body[name].map { $0.need == .none } ?? false }
        let focused = focused(found)
        func fields(_ names: [String], named: Int = 0) -> [[String: Any]] {
            names.compactMap { name in
                body[name].map {
                    field($0, found, named: named).merging(["isFocused": focused?.isExactly(name) ?? false]) { $1 }
                }
            }
        }
        func folded(_ folds: [Fold]) -> [[String: Any]] {
            folds.map { fold in
                let isOpen = fold.asked.contains {
                    isFilledIn($0) || faults[$0] != nil || !found.items(beside: $0).isEmpty
                }
                return ["title": fold.title, "fields": fields(fold.asked, named: fold.named), "isOpen": isOpen]
            }
        }
        var content: [String: Any] = [
            "fields": fields(asked), "note": Self.shown(note), "choosers": "",
            "isButtonFocused": isOpened && problem == nil && focused == nil,
            "groups": groups.map { group -> [String: Any] in
                [
                    "title": group.title,
                    "due": group.due.map { ["label": Texts.dueBy, "time": $0] as Any } ?? false,
                    "fields": fields(group.asked, named: group.named),
                    "hidden": Self.shown(group.hidden), "note": Self.shown(group.note), "folds": folded(group.folds),
                ]
            },
            "folds": folded(folds),
            "hidden": Self.shown(hidden + confirmed(found)),
            "before": Self.shown(
                before.sorted { $0.key < $1.key }.map { (BodyFields.before + $0.key, $0.value) }),
            // A template looks for what is not here around the form.
            "problem": false, "changes": false, "clock": false, "isOver": false,
        ]
        if let problem {
            var notice = Notice(problem, in: zone, labels: shownLabels, asked: shownNames, advising: advice)
            notice.takesFocus = focused == nil
            content["problem"] = notice.values
        }
        if allAsked.contains(where: { body[$0]?.kind == .instant }) {
            let sent = values[BodyFields.zone] ?? ""
            // The script says whose the reader's clocks are, unless somebody typed by others already.
            content["clock"] = ["zone": sent.isEmpty ? "" : zone.name, "isOpen": sent.isEmpty] as [String: Any]
        }
        return content
    }

    private var allAsked: [String] { asked + groups.flatMap(\.allAsked) + folds.flatMap(\.asked) }

    /// Whether there is something in a field that somebody has typed, or that is known; the currency of no amount is neither.
    private func isFilledIn(_ name: String) -> Bool { !isCurrency(name) && !(values[name] ?? "").isEmpty }

    /// What was asked about and is meant as it is typed, so that it is not asked about again.
    private func confirmed(_ found: FieldFaults) -> [(name: String, value: String)] {
        shownNames.compactMap { name in
            guard let asked = values[FormFields.asked + name], asked.isExactly(values[name] ?? ""),
                !found.items(beside: name).contains(where: { $0.meant != nil })
            else { return nil }
            return (FormFields.asked + name, asked)
        }
    }

    /// Those that are on the page.
    private var shownNames: [String] { allAsked.filter { body[$0] != nil } }

    private var shownLabels: [String: String] {
        Dictionary(allAsked.compactMap { name in body[name].map { (name, label(of: $0)) } }) { first, _ in first }
    }

    private func label(of field: BodyField) -> String { labels[field.name] ?? Texts.label(of: field, in: name) }

    /// What the choosers are for which names are suggested.
    var choosers: [Chooser] {
        let asked = shownNames.compactMap { body[$0] }
        return Chooser.allCases.filter { chooser in asked.contains { Chooser($0, in: name) == chooser } }
    }

    /// The field that has the focus as its page is opened (HTML section 6.6.7); nil for none.
    private func focused(_ found: FieldFaults) -> String? {
        let wrong = shownNames.first { faults[$0] != nil || found.told(of: $0) != nil }
        return wrong ?? (isOpened && problem == nil ? shownNames.first : nil)
    }

    private static func shown(_ note: String?) -> Any { note.map { ["text": $0] as Any } ?? false }

    private static func shown(_ hidden: [(name: String, value: String)]) -> [[String: Any]] {
        hidden.map { ["name": $0.name, "value": $0.value] }
    }

    /// What is said beside a label of whether a field can be left out; nil for nothing.
    private func mark(_ field: BodyField) -> String? {
        guard !optional.contains(where: { $0.isExactly(field.name) }) else { return nil }
        let isEither = field.alternatives.filter { shownNames.contains($0) }.count > 1
        let isNeeded =
            field.isNeeded
            || needs.has(field.name)
                && (field.need == .object || needs.fields.contains { $0.isExactly(field.name) })
        if isNeeded { return isEither ? Texts.oneOfThese : Texts.required }
        if let condition = needs.condition(of: field.name), let flag = body[condition.flag],
            field.need == .object || condition.field.isExactly(field.name)
        {
            return Texts.required(with: label(of: flag), condition.answer)
        }
        guard field.need == .object else { return nil }
        return isEither ? Texts.oneOfTheseThen : Texts.requiredThen
    }

    /// - Parameter named: how many parts of its name what it stands under says.
    private func field(_ field: BodyField, _ found: FieldFaults, named: Int) -> [String: Any] {
        let value = values[field.name] ?? ""
        let id = Self.id(of: field.path)
        var shown: [String: Any] = [
            "id": id, "name": field.name, "value": value,
            "label": named == 0 ? label(of: field) : Texts.label(of: field, in: name, below: named),
            "mark": mark(field).map { ["text": $0] as Any } ?? false, "meant": false,
            "text": false, "line": false, "choice": false, "fault": false, "isWrong": false, "hint": false,
            "described": false, "chooser": false,
        ]
        if let chooser = Chooser(field, in: name) { shown["chooser"] = ["list": chooser.list] }
        var hint: [String: Any] = ["text": Texts.hint(of: field, in: name), "clocks": false]
        switch field.kind {
        case .line: shown["line"] = Self.line("text")
        case .text: shown["text"] = true
        case .texts:
            shown["text"] = true
            hint["text"] = [Texts.hint(of: field, in: name), Texts.oneALine].filter { !$0.isEmpty }.joined(
                separator: " ")
        case .number: shown["line"] = Self.line("text", mode: TypedMoney.isAmount(field) ? "decimal" : "numeric")
        case .date: shown["line"] = Self.line("date")
        case .duration:
            shown["line"] = Self.line("text")
            shown["value"] = Texts.duration(value)
        case .instant:
            let local = local(value)
            // What no field for dates can hold stays as it was typed.
            var line = Self.line(local.isReadable ? "datetime-local" : "text")
            line["known"] = (try? Instant(rfc3339: value)).map { ["instant": $0.rfc3339] as Any } ?? false
            shown["line"] = line
            shown["value"] = local.text
            hint["clocks"] = ["before": Texts.byTheClocksOf, "zone": zone.name]
        case .words(let words): shown["choice"] = Self.choice(words.map { ($0, Texts.word($0)) }, value)
        case .flag: shown["choice"] = Self.choice([("true", Texts.yes), ("false", Texts.no)], value)
        }
        var descriptions: [String] = []
        let items = found.items(beside: field.name)
        if let meant = items.compactMap(\.meant).first {
            shown["meant"] = [
                "name": FormFields.meant + field.name, "meant": meant, "button": Texts.take(meant),
                "asked": FormFields.asked + field.name, "typed": value,
            ]
        }
        let faults = faults(of: field, items)
        if faults.isEmpty, let told = found.told(of: field.name) {
            shown["isWrong"] = true
            descriptions.append("\(Self.id(of: told.split(separator: "/").map(String.init)))-fault")
        }
        if !faults.isEmpty {
            shown["isWrong"] = true
            shown["fault"] = ["text": faults.joined(separator: " ")]
            descriptions.append("\(id)-fault")
        }
        if hint["text"] as? String != "" || field.kind == .instant {
            shown["hint"] = hint
            descriptions.append("\(id)-hint")
        }
        if !descriptions.isEmpty { shown["described"] = ["by": descriptions.joined(separator: " ")] }
        return shown
    }

    /// What is said beside a field of what is wrong. What was typed and not understood, a person is told in the words of the form.
    private func faults(of field: BodyField, _ items: [PageProblem.Item]) -> [String] {
        let own = faults[field.name].map { [$0] } ?? []
        guard !items.isEmpty else { return own }
        if let advice = advice(field.name) { return own + [advice] }
        return own + items.map { Texts.inWords($0.detail, in: zone) }
    }

    /// What to type instead of what was typed and is not understood, in the words of the form; nil where it is.
    private func advice(_ name: String) -> String? {
        guard let field = body[name] else { return nil }
        let reading = FormReading(zone: zone, now: .latest, durations: Texts.durations)
        var typed = values[field.name] ?? ""
        let isAmount = TypedMoney.isAmount(field)
        if isAmount { typed = TypedMoney.sent(typed, in: values[TypedMoney.currency(beside: field.name)]) }
        return body.fault(in: field.name, typed: typed, reading).map { fault in
            isAmount ? Texts.amountAdvice : Texts.advice(for: fault, in: zone)
        }
    }

    private static func line(_ type: String, mode: String? = nil) -> [String: Any] {
        var line: [String: Any] = ["type": type, "mode": false, "known": false]
        if let mode { line["mode"] = mode }
        return line
    }

    private static func choice(_ words: [(word: String, label: String)], _ value: String) -> [String: Any] {
        [
            "options": words.map { word, label -> [String: Any] in
                ["word": word, "label": label, "isSelected": word.utf8.elementsEqual(value.utf8)]
            }
        ]
    }

    /// An instant of the API, or what was typed of one, as a browser shows it in a field; what is none, as it was typed.
    private func local(_ value: String) -> (text: String, isReadable: Bool) {
        guard !value.isEmpty else { return ("", true) }
        guard case .instant(let instant) = TypedInstant(typed: value, in: zone) else { return (value, false) }
        return (instant.minute(in: zone).replacing(" ", with: "T"), true)
    }
}

extension JSONValue {
    /// What the fields of a form have of a body: each value by its place.
    func typed(at path: [String] = []) -> [String: String] {
        switch self {
        case .null, .fraction: [:]
        case .boolean(let flag): [path.joined(separator: "/"): flag ? "true" : "false"]
        case .integer(let number): [path.joined(separator: "/"): String(number)]
        case .string(let text): [path.joined(separator: "/"): text.string]
        case .array(let items):
            items.allSatisfy { $0.text != nil }
                ? [path.joined(separator: "/"): items.compactMap(\.text).joined(separator: "\n")]
                : items.enumerated().reduce(into: [:]) { typed, item in
                    typed.merge(item.element.typed(at: path + [String(item.offset)])) { $1 }
                }
        case .object(let members):
            members.reduce(into: [:]) { typed, member in
                typed.merge(member.value.typed(at: path + [member.name.string])) { $1 }
            }
        }
    }
}
