using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Internal.Clients;

public sealed class KeyFingerprintsTests
{
    [Test]
    public void Of_AnotherKeyOrAnotherRun_IsAnother()
    {
        KeyFingerprints keys = new();

        Assert.That(new[] { keys.Of("key", 1), keys.Of("keyy", 1), keys.Of("key", 2) }, Is.Unique);
    }

    // The standard's own function, with what is promised: whoever changes it makes every open intent one that nobody can prove.
    [Test]
    public void Of_AnyKey_Is32BitsOfASlowHash() => Assert.That(new KeyFingerprints().Of("key", 1), Is.EqualTo("51B7536F"));

    [Test]
    public void Of_ManyKeys_ForgetsTheOldOnes()
    {
        KeyFingerprints keys = new();
        string first = keys.Of("key-0", 1);
        for (int i = 1; i <= 65; i++)
            keys.Of($"key-{i}", 1);

        Assert.That(keys.Of("key-0", 1), Is.EqualTo(first));
    }
}
