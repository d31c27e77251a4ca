namespace BatchGateway.Internal.Operations;

/// <summary>
/// Where a result line stands: in which of the result files, in which line of it, and in which of its bytes, those of a byte order mark
/// before its text excepted. Of a line that is too long it is the place of its beginning.
/// </summary>
internal readonly record struct LinePlace(int File, long Number, long Offset, int Mark, int Length, bool IsTooLong);
