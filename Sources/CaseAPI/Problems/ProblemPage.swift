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

    let kind: ProblemKind

    /// An id as requests have them, for the example.
    static let requestID = "0gkfzps01"

    /// All of them, as they are served to programs.
    static let kept = Dictionary(
        uniqueKeysWithValues: ProblemKind.allCases.map { kind in
            (kind, KeptBody(ProblemPage(kind: kind).json + [UInt8(ascii: "\n")]))
        })

    var json: [UInt8] {
        let example = kind.example
        return JSONWriter.object(capacity: 4096) { json in
            json.member("type", kind.type)
            json.member("code", kind)
            json.member("status", kind.status.code)
            json.member("title", kind.title)
            json.member("meaning", kind.meaning)
            json.member("cause", kind.cause)
            json.member("advice", kind.advice)
            json.member(
                "example",
                object: { json in
                    if let request = example.request { json.member("request", request.text) }
                    json.member("answer", object: { example.answer(kind).write(to: &$0, requestID: Self.requestID) })
                })
        }
    }

    var html: [UInt8] {
        let example = kind.example
        // As it comes: in lines.
        let answer = JSONIndenter.indented(
            JSONWriter.object { example.answer(kind).write(to: &$0, requestID: Self.requestID) })
        let request = example.request.map { "<p>This gets it:</p>\n<pre>\(Self.escaped($0.text))</pre>\n" } ?? ""
        let page = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(kind.rawValue)</title>
            <h1>\(Self.escaped(kind.title))</h1>
            <p><code>\(kind.rawValue)</code>, \(kind.status.code)</p>
            <h2>What it means</h2>
            <p>\(Self.escaped(kind.meaning))</p>
            <h2>Why</h2>
            <p>\(Self.escaped(kind.cause))</p>
            <h2>What to do</h2>
            <p>\(Self.escaped(kind.advice))</p>
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

extension ProblemExample.Request {
    /// As one would write it down.
    var text: String {
        let lines = ["\(method.rawValue) \(target)"] + fields.map { "\($0.name): \($0.value)" }
        return (lines + (body.map { ["", $0] } ?? [])).joined(separator: "\n")
    }
}
