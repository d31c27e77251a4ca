using System.Globalization;

namespace BatchGateway.Emulator.Internal;

/// <summary>FNV-1a: the same in every process, unlike the runtime's own string hashes.</summary>
internal static class StableHash
{
    public static ulong Of(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
            hash = (hash ^ c) * 1099511628211;
        return hash;
    }

    public static string Hex(string text) => Of(text).ToString("x16", CultureInfo.InvariantCulture);
}
