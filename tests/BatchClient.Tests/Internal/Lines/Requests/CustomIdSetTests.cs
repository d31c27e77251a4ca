using System.Globalization;
using System.Text;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Tests.Internal.Lines;

public sealed class CustomIdSetTests
{
    private const int Million = 1_000_000;

    // Fixed, for with other keys one run in ten thousand would see two of a million ids collide.
    private static readonly KeyedHash Hash = new(0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F);
    private static readonly KeyedHash SecondHash = new(0x165667B19E3779F9, 0x27D4EB2F165667C5);

    [TestCase(true)]
    [TestCase(false)]
    public void Add_AMillionIds_TakesLittleAndForgetsNone(bool isFinal)
    {
        using CustomIdSet ids = new(isFinal, Hash, SecondHash);

        Assert.That(CountNew(ids, 0, Million), Is.EqualTo(Million), "each is new");
        Assert.That(ids.Size, Is.LessThanOrEqualTo(25_000_000));
        Assert.That(CountNew(ids, 0, Million), Is.Zero, "each is known");
        Assert.That(CountNew(ids, Million, 100_000), Is.EqualTo(100_000), "no other one is");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Add_AnyNumberOfIds_FindsEachAtOnceAndAfterGrowing(bool isFinal)
    {
        using CustomIdSet ids = new(isFinal, Hash, SecondHash);
        for (int i = 0; i < 3_000; i++)
        {
            Assert.That(ids.Add(Id(i)), Is.True);
            Assert.That(ids.Add(Id(i)), Is.False);
        }

        Assert.That(Enumerable.Range(0, 3_000).Count(i => ids.Add(Id(i))), Is.Zero);
    }

    [Test]
    public void Add_IdsThatDifferInOneByteOrInZerosAtTheEnd_AreOthers()
    {
        using CustomIdSet ids = new(isFinal: false, Hash, SecondHash);

        for (int length = 0; length <= 70; length++)
        {
            byte[] id = new byte[length];
            Assert.That(ids.Add(id), Is.True, $"{length} zeros");
            for (int i = 0; i < length; i++)
            {
                id[i] = 1;
                Assert.That(ids.Add(id), Is.True, $"{length} bytes, the one at {i} is set");
                Assert.That(ids.Add(id), Is.False);
                id[i] = 0;
            }
        }
    }

    [Test]
    public void Add_LongIds_AreToldApartByTheirLastByte()
    {
        using CustomIdSet ids = new(isFinal: false, Hash, SecondHash);
        byte[] id = new byte[64 << 10];

        Assert.That(ids.Add(id), Is.True);
        id[^1] = 1;
        Assert.That(ids.Add(id), Is.True);
        Assert.That(ids.Add(id), Is.False);
    }

    [Test]
    public void Add_EqualHashes_AreSuspectsUnlessTheSecondOnesDiffer()
    {
        using CustomIdSet narrow = new(isFinal: false, default, default);
        using CustomIdSet wide = new(isFinal: true, default, SecondHash);

        Assert.That(narrow.Add("a"u8), Is.True);
        Assert.That(narrow.Add("b"u8), Is.False, "the lines will tell");
        Assert.That(wide.Add("a"u8), Is.True);
        Assert.That(wide.Add("b"u8), Is.True);
        Assert.That(wide.Add("a"u8), Is.False);
    }

    [Test]
    public void Add_ManyEqualHashes_AreToldApartByTheSecondOnes()
    {
        using CustomIdSet wide = new(isFinal: true, default, SecondHash);

        Assert.That(Enumerable.Range(0, 2_000).Count(i => wide.Add(Id(i))), Is.EqualTo(2_000));
        Assert.That(Enumerable.Range(0, 2_000).Count(i => wide.Add(Id(i))), Is.Zero);
    }

    [Test]
    public void NewRandom_Keys_AreOthersEachTime() =>
        Assert.That(Enumerable.Range(0, 100).Select(_ => KeyedHash.NewRandom().Of("a"u8)).Distinct().Count(), Is.EqualTo(100));

    private static int CountNew(CustomIdSet ids, int from, int count)
    {
        int added = 0;
        Span<byte> id = stackalloc byte[32];
        for (int i = from; i < from + count; i++)
        {
            i.TryFormat(id, out int length, default, CultureInfo.InvariantCulture);
            if (ids.Add(id[..length]))
                added++;
        }

        return added;
    }

    private static byte[] Id(int number) => Encoding.UTF8.GetBytes($"request-{number}");
}
