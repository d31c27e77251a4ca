namespace BatchGateway.Internal.Endpoints;

/// <summary>File names that every server takes.</summary>
internal static class AsciiNames
{
    public static string From(string name) => new(name.Select(c => c is < ' ' or > '~' or '"' or '\\' ? '_' : c).ToArray());
}
