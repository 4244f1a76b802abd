import Complaints
import Foundation

/// The stages of a version of a regime as JSON, as any tool reads them: the same version is always the same bytes.
enum RegimeTexts {
    /// `[{"name":"stage 1","clocks":[{"name":"answer","anchor":"received","count":8,"unit":"weeks",...}]}]`
    static func stages(_ stages: [RegimeStage]) -> String {
        array(stages) { "{\"name\":\(quoted($0.name)),\"clocks\":\(array($0.clocks, clock))}" }
    }

    private static func clock(_ clock: RegimeClock) -> String {
        let members: [(String, String)] = [
            ("name", quoted(clock.name)), ("anchor", quoted(clock.anchor.text)), ("count", "\(clock.length.count)"),
            ("unit", quoted(clock.length.unit.rawValue)), ("until", quoted(clock.until?.rawValue)),
            ("every", "\(clock.every)"), ("makes", quoted(clock.makes?.text)),
            ("met_by", array(clock.metBy) { quoted($0.rawValue) }), ("instead_of", quoted(clock.insteadOf)),
            ("extension", `extension`(clock.`extension`)),
        ]
        return "{\(members.map { "\"\($0)\":\($1)" }.joined(separator: ","))}"
    }

    private static func `extension`(_ more: ClockExtension?) -> String {
        guard let more else { return "null" }
        return
            "{\"count\":\(more.length.count),\"unit\":\"\(more.length.unit.rawValue)\",\"from\":\"\(more.from.rawValue)\"}"
    }

    private static func array<Item>(_ items: [Item], _ text: (Item) -> String) -> String {
        "[\(items.map(text).joined(separator: ","))]"
    }

    private static func quoted(_ text: String?) -> String {
        guard let text else { return "null" }
        return String(decoding: FactCoding.bytes([text]).dropFirst().dropLast(), as: UTF8.self)
    }

    /// Reads them back.
    static func stages(_ text: String) throws -> [RegimeStage] {
        do {
            return try JSONDecoder().decode([Stage].self, from: Data(text.utf8)).map { stage in
                RegimeStage(name: stage.name, clocks: try stage.clocks.map { try $0.clock })
            }
        } catch {
            throw StoreError.unreadable("\(text.prefix(80)) are no stages of a regime")
        }
    }

    private struct Unknown: Error {}

    private struct Stage: Decodable {
        let name: String
        let clocks: [Clock]
    }

    private struct Clock: Decodable {
        let name: String
        let anchor: String
        let count: Int
        let unit: String
        let until: String?
        let every: Bool
        let makes: String?
        let metBy: [String]
        let insteadOf: String?
        let more: More?

        enum CodingKeys: String, CodingKey {
            case name, anchor, count, unit, until, every, makes
            case metBy = "met_by"
            case insteadOf = "instead_of"
            case more = "extension"
        }

        var clock: RegimeClock {
            get throws {
                RegimeClock(
                    name: name, anchor: try known(ClockAnchor.init, anchor),
                    length: ClockLength(count, try known(ClockUnit.init(rawValue:), unit)),
                    until: try until.map { try known(ClockTime.init(rawValue:), $0) }, every: every,
                    makes: try makes.map { try known(ClockProduct.init, $0) },
                    metBy: try metBy.map { try known(PromiseKind.init(rawValue:), $0) }, insteadOf: insteadOf,
                    extension: try more?.value)
            }
        }
    }

    private struct More: Decodable {
        let count: Int
        let unit: String
        let from: String

        var value: ClockExtension {
            get throws {
                ClockExtension(
                    ClockLength(count, try known(ClockUnit.init(rawValue:), unit)),
                    from: try known(ClockExtension.Start.init(rawValue:), from))
            }
        }
    }

    private static func known<Value>(_ read: (String) -> Value?, _ text: String) throws -> Value {
        guard let value = read(text) else { throw Unknown() }
        return value
    }
}
