import { toMessageView } from './message.view.js';

const ROW = {
  id: '7',
  title: 'a < b',
  detail: 'a &lt; b<br>c<script>d</script>',
  business_id: '0',
  business_type: '积分',
  type: 0,
  add_time: new Date('2022-11-19T12:01:19Z'),
};

it('shows the row in text, its time in the default zone of a shop', () => {
  expect(Object.entries(toMessageView(ROW, 'zh'))).toEqual([
    ['id', '7'],
    ['title', 'a < b'],
    ['detail', 'a &lt; b<br>c'],
    ['business_id', '0'],
    ['business_type', '积分'],
    ['type', '0'],
    ['is_read', '1'],
    ['add_time', '1668859279'],
    ['type_text', '默认'],
    ['is_read_text', '已读'],
    ['add_time_time', '2022-11-19 20:01:19'],
    ['add_time_date', '2022-11-19'],
  ]);
});

it('has no name for a type that ShopXO does not know', () => {
  const view = toMessageView({ ...ROW, type: 3 }, 'en');
  expect(view).toMatchObject({ type: '3', type_text: '', is_read_text: 'Read' });
});
