namespace BatchGateway.Emulator.Internal;

/// <summary>What the value of a header can hold.</summary>
internal static class HeaderText
{
    /// <summary>Whether a text can be sent as it is: the server refuses all but printable ASCII.</summary>
    public static bool IsValid(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    public static void Require(string text, string name)
    {
        if (!IsValid(text))
            throw new ArgumentException("It is sent in a header, which holds printable ASCII only.", name);
    }
}
