using System.Globalization;
using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Lines;

public sealed class ShuffleTests
{
    [TestCase(7, true)]
    [TestCase(8, false)]
    public async Task Seed_TheSameOrAnother_GivesTheSameOrderOrAnother(int otherSeed, bool isSame)
    {
        int[] order = await OrderAsync(new() { Seed = 7 }, 100);
        int[] other = await OrderAsync(new() { Seed = otherSeed }, 100);

        Assert.That(other.SequenceEqual(order), Is.EqualTo(isSame));
    }

    [TestCase(2)]
    [TestCase(16)]
    [TestCase(30)]
    public async Task ShuffleWindow_OfSoMany_MovesEveryLineButNeverOutOfItsWindow(int window)
    {
        int[] order = await OrderAsync(new() { ShuffleWindow = window }, window * 3);

        Assert.That(order, Is.EquivalentTo(Enumerable.Range(1, window * 3)));
        Assert.That(order.Select(number => (number - 1) / window), Is.EqualTo(Enumerable.Range(0, window * 3).Select(place => place / window)));
        Assert.That(order.Where((number, place) => number == place + 1), Is.Empty);
    }

    [Test]
    public async Task ShuffleWindow_OfOne_KeepsTheInputsOrder() =>
        Assert.That(await OrderAsync(new() { ShuffleWindow = 1 }, 50), Is.EqualTo(Enumerable.Range(1, 50)));

    [Test]
    public async Task ShuffleWindow_Default_TurnsEvenTwoLinesRound() =>
        Assert.That(await OrderAsync(new(), 2), Is.EqualTo(new[] { 2, 1 }));

    private static async Task<int[]> OrderAsync(EmulatorScript script, int lines)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.Script = script);
        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(lines));
        List<string> ids = await gateway.OutputIdsAsync(batch);
        return [.. ids.Select(id => int.Parse(id["line-".Length..], CultureInfo.InvariantCulture))];
    }
}
