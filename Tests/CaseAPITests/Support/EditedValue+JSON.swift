import Complaints
import TestSupport

@testable import CaseAPI

extension EditedValue {
    /// As clients send it, and as it is shown.
    var json: JSONValue {
        switch self {
        case .text(let text): .string(ExactText(text))
        case .texts(let texts): .array(texts.map { .string(ExactText($0)) })
        case .instant(let instant): .string(ExactText(instant.rfc3339))
        case .span(let span): .string(ExactText(span.iso8601))
        case .businessSpan(let span): .string(ExactText(span.iso8601))
        case .integer(let integer): .integer(integer)
        case .currency(let currency): .string(ExactText(currency.code))
        case .flag(let flag): .boolean(flag)
        case .estimate(let estimate):
            .members([("from", .string(ExactText(estimate.from.text))), ("to", .string(ExactText(estimate.to.text)))])
        }
    }
}

extension JSONValue {
    /// An object with those members, as it is sent.
    static func written(_ members: [(String, JSONValue)]) -> String {
        var writer = JSONWriter(capacity: 256)
        writer.write(JSONValue.members(members))
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension EditedRecord {
    /// Every field with its sample of that number, as it is sent: those of a group in one object.
    static func sentSamples(_ number: Int) -> [(String, JSONValue)] {
        var samples: [(String, JSONValue)] = []
        for field in editedFields {
            let json = field.type.sample(number).json
            guard let group = field.group?.name else {
                samples.append((field.name, json))
                continue
            }
            if samples.last?.0 != group { samples.append((group, .object([]))) }
            samples[samples.count - 1].1 = samples[samples.count - 1].1.setting(field.ownName, json)
        }
        return samples
    }
}
