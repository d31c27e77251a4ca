using System.Text.Json;
using BatchGateway.Internal.Json;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Internal.Json;

public sealed class TolerantTimeConverterTests
{
    [TestCase("-7e28")]
    [TestCase("7e28")]
    [TestCase("-79228162514264337593543950335")]
    [TestCase("1e400")]
    [TestCase("\"-7e28\"")]
    public async Task GetAsync_TimeBeyondAllTime_IsUnset(string time)
    {
        using StubbedClient client = new(StubHandler.Json($$"""{"id":"batch_1","created_at":{{time}}}"""));

        Assert.That((await client.Client.Batches.GetAsync("batch_1")).CreatedAt, Is.Null);
    }

    /// <summary>As seconds it would be read as no time at all, or as milliseconds: another year.</summary>
    [TestCase("0999-01-01T00:00:00Z")]
    [TestCase("1969-12-31T23:59:59Z")]
    [TestCase("1970-01-01T00:00:00Z")]
    [TestCase("6000-01-01T00:00:00Z")]
    [TestCase("9999-12-31T23:59:59.9999999Z")]
    public async Task Write_TimeOutsideOfUnixSeconds_IsReadBack(string time)
    {
        Batch first = await ReadAsync($$"""{"id":"batch_1","created_at":"{{time}}"}""");

        Batch second = await ReadAsync(JsonSerializer.Serialize(first, BatchJsonContext.Default.Batch));

        Assert.That(first.CreatedAt, Is.Not.Null);
        Assert.That(second.CreatedAt, Is.EqualTo(first.CreatedAt));
    }

    private static async Task<Batch> ReadAsync(string json)
    {
        using StubbedClient client = new(StubHandler.Json(json));
        return await client.Client.Batches.GetAsync("batch_1");
    }
}
