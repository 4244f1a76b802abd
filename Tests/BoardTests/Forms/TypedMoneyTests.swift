import Complaints
import Testing

@testable import Board
@testable import CaseAPI

@Suite("Money in forms")
struct TypedMoneyTests {
    @Test(
        "is typed in units of its currency, with as many digits behind the point as that has",
        arguments: [
            ("150.50", "USD", 15_050), ("150.5", "USD", 15_050), ("200", "EUR", 20_000), (" 7 ", "JPY", 7),
            ("0.001", "KWD", 1), ("0", "USD", 0), ("150.505", "USD", nil), ("1.5", "JPY", nil), ("1,5", "USD", nil),
            (".5", "USD", nil), ("5.", "USD", nil), ("-1", "USD", nil), ("", "USD", nil), ("1.2.3", "KWD", nil),
            ("92233720368547758.08", "USD", nil), ("92233720368547758.07", "USD", Int64.max), ("٣", "USD", nil),
        ] as [(String, String, Int64?)])
    func units(_ typed: String, _ code: String, _ expected: Int64?) throws {
        #expect(TypedMoney.minorUnits(typed: typed, in: try #require(Currency(code))) == expected)
        if let expected {
            #expect(TypedMoney.sent(TypedMoney.shown(String(expected), in: code), in: code) == String(expected))
        }
        #expect(TypedMoney.sent(typed, in: nil) == typed && TypedMoney.shown(typed, in: "?") == typed)
    }

    @Test("every amount that a form asks for is one, with its currency beside it")
    func everywhere() {
        let amounts = Set(
            LogKind.allCases.flatMap(\.form.facts).compactMap { fact -> String? in
                guard case .amount = fact.form else { return nil }
                return fact.name
            })
        for name in amounts where !name.hasPrefix("redress_amount") {
            #expect(TypedMoney.names.contains(name), "\(name)")
        }
        var found: Set<String> = []
        for form in ActionForm.all {
            for field in form.body.all where form.asked.contains(field.name) {
                guard let leaf = field.path.last, TypedMoney.names.contains(leaf) else { continue }
                #expect(TypedMoney.isAmount(field), "\(form.name) \(field.name)")
                #expect(form.asked.contains(TypedMoney.currency(beside: field.name)), "\(form.name) \(field.name)")
                found.insert(leaf)
            }
        }
        #expect(found.isSuperset(of: ["amount", "value_at_stake"]), "\(found)")
    }

    @Test("is sent in minor units, shown in the log as it was typed, and told of in words where it is none")
    func sent() throws {
        let desk = try CasePageDesk()
        _ = try desk.api("POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim"}"#)
        let path = "/board/cases/1/log-threat"
        var form = try desk.get("/board/cases/1?form=log-threat").form(path)
        form.merge(["threat_kind": "legal", "text": "Court", "value_at_stake": "150.505", "currency": "USD"]) { $1 }
        let refused = try desk.post(path, form)
        #expect(refused.status == 422 && refused.has(Texts.amountAdvice), "\(refused.html)")
        #expect(refused.form(path)["value_at_stake"] == "150.505")
        form["value_at_stake"] = "150.50"
        #expect([200, 303].contains(try desk.post(path, form).status))
        #expect(try desk.api("GET", "/v1/cases/1/log").html.contains(#""value_at_stake":15050"#))
        #expect(try desk.get("/board/cases/1").has("150.50 USD"))
    }

    @Test("is changed in the same units, and stays what it is where it is not typed over")
    func edited() throws {
        let desk = try CasePageDesk()
        _ = try desk.api("POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim"}"#)
        let resolved = try desk.api(
            "POST", "/v1/cases/1/resolve",
            #"{"summary":"Paid","outcome_text":"We pay","customer_accepted":true,"outcome":"upheld","redress":{"amount":15050,"currency":"USD"},"settle":[{"promise_id":1,"action":"keep"}]}"#
        )
        #expect(resolved.status < 300, "\(resolved.html)")
        let path = "/board/cases/1/edit"
        var form = try desk.get("/board/cases/1?form=edit").form(path)
        #expect(form["redress/amount"] == "150.50" && form["was:redress/amount"] == "150.50")
        let page = try desk.get("/board/cases/1")
        #expect(page.has("150.50 USD") && !page.has("15050"), "\(page.html)")
        form["redress/currency"] = "USD"
        form["redress/amount"] = "151"
        let changed = try desk.post(path, form)
        #expect([200, 303].contains(changed.status), "\(changed.html)")
        #expect(try desk.api("GET", "/v1/cases/1").html.contains(#""amount":15100"#))
    }

    @Test("the currency is the policy's until somebody chooses another, and is not sent without an amount")
    func preset() throws {
        let desk = try CasePageDesk()
        let policy = #"{"concession_currency":"EUR","concession_limit":100}"#
        #expect(try desk.api("PATCH", "/v1/policies/normal", policy).status == 200)
        _ = try desk.api("POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim"}"#)
        let path = "/board/cases/1/log-threat"
        let page = try desk.get("/board/cases/1?form=log-threat")
        #expect(page.has("<option value=\"EUR\" selected>"), "\(page.html)")
        let form = page.form(path).merging(["threat_kind": "legal", "text": "Court", "currency": "EUR"]) { $1 }
        #expect([200, 303].contains(try desk.post(path, form).status))
        #expect(try !desk.api("GET", "/v1/cases/1/log").html.contains("EUR"))
        // Chosen without an amount it is told of, as with the API.
        var other = try desk.get("/board/cases/1?form=log-threat").form(path)
        other.merge(["threat_kind": "legal", "text": "Paper", "currency": "USD"]) { $1 }
        #expect(try desk.post(path, other).status == 422)
        other.merge(["value_at_stake": "7", "currency": "EUR"]) { $1 }
        #expect([200, 303].contains(try desk.post(path, other).status))
        #expect(try desk.api("GET", "/v1/cases/1/log").html.contains(#""value_at_stake":700,"currency":"EUR""#))
        // What is on record stays what it is where it is edited.
        #expect(try !desk.get("/board/cases/1?form=edit").has("selected>EUR"))
    }
}
