namespace BatchGateway.Emulator.Internal;

/// <summary>
/// One row of the routing table. <paramref name="Path"/> is relative to the API path; <c>{id}</c> stands for one segment.
/// </summary>
internal sealed record Endpoint(EmulatorRoute Route, string Method, string Path, bool IsOn, Func<Exchange, string, Task<Reply>> Handle)
{
    private readonly string[] _segments = Path.Split('/');

    /// <summary>Whether the path fits; the id comes out decoded once, and empty where the path has none.</summary>
    public bool Fits(ReadOnlySpan<string> segments, out string id)
    {
        id = "";
        if (segments.Length != _segments.Length)
            return false;
        for (int i = 0; i < segments.Length; i++)
        {
            if (_segments[i] == "{id}" && segments[i].Length > 0)
                id = Uri.UnescapeDataString(segments[i]);
            else if (_segments[i] != segments[i])
                return false;
        }

        return true;
    }
}
