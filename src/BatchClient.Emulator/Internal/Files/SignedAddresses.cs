using System.Globalization;
using System.Security.Cryptography;

namespace BatchGateway.Emulator.Internal;

/// <summary>Signatures that open one file, once, for an hour.</summary>
internal sealed class SignedAddresses(EmulatorClock clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Dictionary<string, SignedFile> _unused = [];

    /// <summary>A path and query for a file.</summary>
    public string Issue(EmulatedFile file)
    {
        string signature = RandomNumberGenerator.GetHexString(64, lowercase: true);
        DateTimeOffset expiresAt = clock.GetUtcNow() + Lifetime;
        lock (_unused)
            _unused.Add(signature, new SignedFile(file.Id, file.Provider, expiresAt));
        return string.Create(CultureInfo.InvariantCulture, $"files/{file.Id}?expires={expiresAt.ToUnixTimeSeconds()}&signature={signature}");
    }

    /// <summary>Uses a signature up; null when it opens nothing.</summary>
    public SignedFile? Redeem(string signature, string fileId)
    {
        lock (_unused)
        {
            if (!_unused.TryGetValue(signature, out SignedFile? signed) || signed.FileId != fileId)
                return null;
            _unused.Remove(signature);
            return signed.ExpiresAt > clock.GetUtcNow() ? signed : null;
        }
    }
}
