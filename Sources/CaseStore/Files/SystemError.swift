import Foundation

/// What the system says of a call that has failed (errno(3)).
package struct SystemError: Error, Hashable, CustomStringConvertible {
    package let code: Int32

    /// Of the call that has just failed.
    package init() {
        code = errno
    }

    package var description: String { String(cString: strerror(code)) }
}
