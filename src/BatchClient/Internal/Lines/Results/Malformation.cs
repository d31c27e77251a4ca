namespace BatchGateway.Internal.Lines;

/// <summary>Why a result line cannot be read.</summary>
internal enum Malformation
{
    None = 0,

    InvalidUtf8,

    NoJson,

    NoObject,

    /// <summary>Neither a response nor an error.</summary>
    SaysNothing,

    /// <summary>Longer than <see cref="LineCutter.LongestLine"/>.</summary>
    TooLong,
}
