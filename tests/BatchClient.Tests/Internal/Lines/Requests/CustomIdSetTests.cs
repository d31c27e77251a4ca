using System.Globalization;
using System.Text;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Tests.Internal.Lines;

public sealed class CustomIdSetTests
{
    private const int Million = 1_000_000;

    [TestCase(true)]
    [TestCase(false)]
    public void Add_AMillionIds_TakesLittleAndForgetsNone(bool isFinal)
    {
        using CustomIdSet ids = new(isFinal);

        Assert.That(Count(ids, 0), Is.EqualTo(Million), "each is new");
        Assert.That(ids.Size, Is.LessThanOrEqualTo(25_000_000));
        Assert.That(Count(ids, 0), Is.Zero, "each is known");
        Assert.That(Count(ids, Million), Is.EqualTo(Million), "no other one is");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Add_AnyNumberOfIds_FindsEachAtOnceAndAfterGrowing(bool isFinal)
    {
        using CustomIdSet ids = new(isFinal);
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
        using CustomIdSet ids = new(isFinal: true);

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
        using CustomIdSet ids = new(isFinal: false);
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
        using CustomIdSet wide = new(isFinal: true, default, KeyedHash.NewRandom());

        Assert.That(narrow.Add("a"u8), Is.True);
        Assert.That(narrow.Add("b"u8), Is.False, "the lines will tell");
        Assert.That(wide.Add("a"u8), Is.True);
        Assert.That(wide.Add("b"u8), Is.True);
        Assert.That(wide.Add("a"u8), Is.False);
    }

    [Test]
    public void Add_ManyEqualHashes_AreToldApartByTheSecondOnes()
    {
        using CustomIdSet wide = new(isFinal: true, default, KeyedHash.NewRandom());

        Assert.That(Enumerable.Range(0, 2_000).Count(i => wide.Add(Id(i))), Is.EqualTo(2_000));
        Assert.That(Enumerable.Range(0, 2_000).Count(i => wide.Add(Id(i))), Is.Zero);
    }

    private static int Count(CustomIdSet ids, int from)
    {
        int added = 0;
        Span<byte> id = stackalloc byte[32];
        for (int i = from; i < from + Million; i++)
        {
            i.TryFormat(id, out int length, default, CultureInfo.InvariantCulture);
            if (ids.Add(id[..length]))
                added++;
        }

        return added;
    }

    private static byte[] Id(int number) => Encoding.UTF8.GetBytes($"request-{number}");
}
