using System.Reflection;
using System.Text;

namespace BatchGateway.Fuzz.Inputs;

/// <summary>The fixtures of the tests, which are built in: what is mutated.</summary>
internal static class Corpus
{
    private static readonly Dictionary<string, byte[]> Files = Load();

    /// <summary>What no API says, and proxies do.</summary>
    public static readonly byte[][] Garbage =
    [
        Utf8("data: {\"id\":\"batch_1\",\"status\":\"completed\"}\n\ndata: [DONE]\n\n"),
        Utf8("event: error\ndata: {\"error\":{\"message\":\"overloaded\"}}\n\n: keep-alive\n\n"),
        Utf8("<html><head><title>Sign in</title></head><body>502</body></html>"),
        Utf8("upstream connect error or disconnect/reset before headers"),
        Utf8("{\"id\":\"batch_1\",\"status\":\"comple"),
        [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xAB, 0xE6, 2, 0],
        [],
    ];

    /// <summary>All files of a folder of the fixtures, in their order.</summary>
    public static byte[][] Of(string folder) => Files.Where(file => file.Key.StartsWith(folder + "/", StringComparison.Ordinal))
        .OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Value).ToArray();

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static Dictionary<string, byte[]> Load()
    {
        Assembly assembly = typeof(Corpus).Assembly;
        return assembly.GetManifestResourceNames().ToDictionary(name => name, name => Read(assembly.GetManifestResourceStream(name)!));
    }

    private static byte[] Read(Stream resource)
    {
        using Stream stream = resource;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
