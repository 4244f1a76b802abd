import CaseAPI
import Complaints

// What the options of an import take.
extension OptionForm where Value == String {
    static var mapping: OptionForm {
        .text("FIELD='Column|Other'", example: "complaint='Issue'") { try ImportPlan.check($0, before: "=") }
    }

    static var setting: OptionForm {
        .text("FIELD=VALUE", example: "channel=letter") { try ImportPlan.check($0, before: "=") }
    }

    static var translation: OptionForm {
        .text("FIELD:From=to", example: "channel:'Postal mail'=letter") {
            try ImportPlan.check($0, before: ":") && $0.utf8.contains(UInt8(ascii: "="))
        }
    }

    static var blankCell: OptionForm {
        .text("FIELD=skip, or received_at=now", example: "received_at=skip") {
            try ImportPlan.check($0, before: "=") && (try? ImportPlan.blankCell($0)) != nil
        }
    }

    static var elapsedTime: OptionForm {
        .text("an ISO 8601 duration of weeks, days or less", example: "P15D") {
            (try? ElapsedTime(iso8601: $0)) != nil
        }
    }
}

extension OptionForm where Value == DatePattern {
    static var datePattern: OptionForm {
        OptionForm("a pattern of \(DatePattern.supported)", example: "dd.MM.yyyy HH:mm", text: \.text) { text in
            do {
                return try DatePattern(text)
            } catch {
                throw Fault(
                    description: "\(error); it must be a pattern of \(DatePattern.supported), such as dd.MM.yyyy HH:mm."
                )
            }
        }
    }
}

extension OptionForm where Value == TextEncoding {
    /// As its name is written anywhere: RFC 2978 tells no case of its letters apart.
    static var encoding: OptionForm {
        .word(of: TextEncoding.allCases.map(\.rawValue), text: \.rawValue) {
            TextEncoding(rawValue: ExactText($0).asciiLowercased.string)
        }
    }
}

extension OptionForm where Value == UInt8 {
    static var separator: OptionForm {
        OptionForm("a character of ASCII that is no letter, digit or quote, or tab", example: "';'") {
            CSVForm.separator(named: $0)
        }
    }
}
