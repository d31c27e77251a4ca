using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BatchGateway.Runs.Internal;

/// <summary>
/// Tells whether two calls of a run were signed with the same key. What is stored for that helps nobody to find the key: 32 bits of a slow hash with
/// the run's own salt, which one in four billion wrong keys has as well.
/// </summary>
internal sealed class KeyFingerprints
{
    private const int Rounds = 100_000;
    private const int Length = 4;

    /// <summary>A source may give another token every time.</summary>
    private const int MostKept = 64;

    private readonly ConcurrentDictionary<(string Token, long Run), string> _known = new();

    /// <summary>The fingerprint of a token in a run. It takes some hundredths of a second the first time.</summary>
    public string Of(string token, long run)
    {
        if (_known.Count >= MostKept)
            _known.Clear();
        return _known.GetOrAdd((token, run), static key => Compute(key.Token, key.Run));
    }

    private static string Compute(string token, long run)
    {
        byte[] salt = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"batchclient run {run}"));
        return Convert.ToHexString(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(token), salt, Rounds, HashAlgorithmName.SHA256, Length));
    }
}
