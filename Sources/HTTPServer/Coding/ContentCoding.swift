import HTTPTypes

/// How a body is coded on its way (RFC 9110 section 8.4.1).
public enum ContentCoding: Sendable, Hashable, CaseIterable {
    case identity, gzip

    /// What a strong entity tag ends in for this coding: each representation has a tag of its own (RFC 9110 section
    /// 8.8.3.3).
    public var tagSuffix: String {
        switch self {
        case .identity: ""
        case .gzip: "-gzip"
        }
    }
}

extension Response {
    /// Says that the body comes as gzip.
    mutating func markGzipped() {
        headerFields[.contentEncoding] = "gzip"
        guard let tag = headerFields[.eTag], tag.hasSuffix("\"") else { return }
        headerFields[.eTag] = tag.dropLast() + ContentCoding.gzip.tagSuffix + "\""
    }
}
