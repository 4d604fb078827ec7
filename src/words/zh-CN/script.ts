import type { ScriptIds } from '../ids/script.js';
import type { Area } from '../words.js';

export const script: Area<ScriptIds> = {
  'script.copy': () => '复制',
  'script.copied': () => '已复制',
  'script.explore': () => '探索',
  'script.reset': () => '整个运行',
  'script.closer': () => '放大',
  'script.wider': () => '缩小',
  'script.earlier': () => '更早',
  'script.later': () => '更晚',
  'script.keys': () => '左右箭头键移动竖线，按住 Shift 移动时间；加减号缩放，0 显示整个运行。',
  'script.failed': () => '图表仍是图片：其数据无法载入。',
};
