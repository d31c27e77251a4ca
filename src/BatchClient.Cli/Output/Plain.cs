namespace BatchGateway.Cli.Output;

/// <summary>Text from elsewhere on its way to a terminal.</summary>
internal static class Plain
{
    /// <summary>One line without control characters: what a gateway says must not move the cursor.</summary>
    public static string LineOf(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
