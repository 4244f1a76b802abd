import ArgumentParser
import CaseAPI

/// `casekeeper openapi`
struct OpenAPICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi", abstract: "Writes the description of the API (OpenAPI 3.1).",
        discussion: "To standard output, as the service answers it at /openapi.json.")

    func run() throws {
        var output = try OutputFile()
        try output.write(OpenAPIDocument.json + [UInt8(ascii: "\n")])
        try output.flush()
    }
}
