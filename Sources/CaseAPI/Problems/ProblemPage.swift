import HTTPServer
import HTTPTypes

/// The page at `/problems/CODE`: for programs, and for whoever follows the `type` of a problem in a browser.
struct ProblemPage {
    enum Form: MediaForm {
        case json, html

        var mediaType: StaticString {
            switch self {
            case .json: "application/json"
            case .html: "text/html"
            }
        }
    }

    let code: ProblemCode

    /// An id as requests have them, for the example.
    static let requestID = "0gkfzps01"

    /// All of them, as they are served to programs.
    static let kept = Dictionary(
        uniqueKeysWithValues: ProblemCode.allCases.map { code in
            (code, KeptBody(ProblemPage(code: code).json + [UInt8(ascii: "\n")]))
        })

    var json: [UInt8] {
        let example = ProblemExample.of(code)
        return JSONWriter.object(capacity: 4096) { json in
            json.member("type", code.type)
            json.member("code", code)
            json.member("status", code.status.code)
            json.member("title", code.title)
            json.member("meaning", code.meaning)
            json.member("cause", code.cause)
            json.member("advice", code.advice)
            json.member(
                "example",
                object: { json in
                    if let request = example.request { json.member("request", request.text) }
                    json.member("answer", object: { example.answer.write(to: &$0, requestID: Self.requestID) })
                })
        }
    }

    var html: [UInt8] {
        let example = ProblemExample.of(code)
        // As it comes: in lines.
        let answer = JSONIndenter.indented(
            JSONWriter.object { example.answer.write(to: &$0, requestID: Self.requestID) })
        let request = example.request.map { "<p>This gets it:</p>\n<pre>\(Self.escaped($0.text))</pre>\n" } ?? ""
        let page = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(code.rawValue)</title>
            <h1>\(Self.escaped(code.title))</h1>
            <p><code>\(code.rawValue)</code>, \(code.status.code)</p>
            <h2>What it means</h2>
            <p>\(Self.escaped(code.meaning))</p>
            <h2>Why</h2>
            <p>\(Self.escaped(code.cause))</p>
            <h2>What to do</h2>
            <p>\(Self.escaped(code.advice))</p>
            <h2>An example</h2>
            \(request)<p>It looks like this:</p>
            <pre style="white-space: pre-wrap">\(Self.escaped(String(decoding: answer, as: UTF8.self)))</pre>

            """
        return Array(page.utf8)
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}

extension ProblemCode {
    /// The address of its page (RFC 9457 section 3.1.1).
    var type: String { "/problems/\(rawValue)" }
}

extension ProblemExample.Request {
    /// As one would write it down.
    var text: String {
        let lines = ["\(method.rawValue) \(target)"] + fields.map { "\($0.name): \($0.value)" }
        return (lines + (body.map { ["", $0] } ?? [])).joined(separator: "\n")
    }
}
